"""A002 appup-version-mismatch: an appup is for the version of its application, and says so in a string."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A002
from relupc.model.diagnostic import Diagnostic, Fix, Label, Subject
from relupc.model.edit import replaced
from relupc.model.layout import flat
from relupc.model.lazy import regex
from relupc.model.lint import Packaged
from relupc.model.term import Bin, Unknown, as_string, string

ON = Packaged
_TEMPLATE = regex(r"[%{@$]|\A\Z")  # `%VSN%`, `{{vsn}}`: a build fills it in


def check(packaged: Packaged) -> Iterator[Diagnostic]:
    appup, app = packaged.appup, packaged.app
    written = as_string(appup.vsn)
    shown = flat(appup.vsn)
    if isinstance(appup.vsn, Unknown) or written == app.vsn or _TEMPLATE.search(shown if written is None else written):
        return
    if app.vsn is not None and not _TEMPLATE.search(app.vsn):
        right = flat(string(app.vsn))
        edits = replaced(appup.vsn, right)
        yield A002.at(
            appup.vsn.span or appup.span,
            f"this appup is for {shown}, the application is {app.vsn}",
            labels=(Label(app.vsn_span, "the application"),) if app.vsn_span else (),
            help=f"write `{right}`",
            notes=("OTP makes a relup with it and only warns; `release_handler:upgrade_app/2` refuses it",),
            subject=Subject(appup.app, new=app.vsn),
            fix=Fix(f"write `{right}`", edits, safe=False) if edits else None,
        )
    elif isinstance(appup.vsn, Bin):
        yield A002.at(
            appup.vsn.span or appup.span,
            "a version is a string, this is a binary",
            help="write it as a string, without `<<` and `>>`",
            subject=Subject(appup.app),
        )
