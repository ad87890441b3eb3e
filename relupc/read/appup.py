"""An .appup file -> its entries, or why it cannot be read.

Counterpart: `systools_relup:get_script_from_appup/5`, its reading part.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from relupc.model.appup import Appup, Entries, Entry
from relupc.model.build import App
from relupc.model.codes import A001, R002
from relupc.model.diagnostic import Problems, Subject
from relupc.model.layout import spell_atom
from relupc.model.otp import otp_says
from relupc.model.source import Source
from relupc.model.term import Atom, List, Str, Term, Tuple, Unknown, string, tup
from relupc.model.value import replace
from relupc.read.file import FROM_DISK, Unreadable, otp_agrees, read_source
from relupc.read.text import read_first
from relupc.read.tree import archive_of

NOT_PACKED = "systools:make_tar puts no appups into an archive"


def read_appup(
    app: App, path: str, otp: int, problems: Problems, texts: Mapping[str, bytes] = FROM_DISK
) -> Appup | None:
    """The appup of an application from the file `path`; None if it cannot be read, which is reported."""
    source = read_source(path, texts=texts)
    term = read_first(source, otp) if isinstance(source, Source) else source
    if isinstance(term, Unreadable):
        _unreadable(app, path, term, problems)
        return None
    return appup_from(term, app.name, path, problems)


def appup_from(term: Term, app: str, path: str, problems: Problems) -> Appup | None:
    """The appup of the application `app` from the term of its file; None if it is none, which is reported.

    Nothing is said of the value of a script that relupc does not know.
    """
    if isinstance(term, Unknown):
        return None
    if isinstance(term, Tuple) and len(term.items) == 3:
        vsn, up, down = term.items
        return Appup(app, path, vsn, _entries(up), _entries(down), term.span)
    problems.add(
        A001.at(
            term.span,
            "this is no appup",
            help="write `{Vsn, [{FromVsn, Instructions}, ...], [{ToVsn, Instructions}, ...]}.`",
            notes=("OTP crashes where it wants to print this error",),
            subject=Subject(app),
            otp=otp_says("systools_relup", tup("file_problem", tup(string(path), tup("ok", term)))),
        )
    )
    return None


def _entries(term: Term) -> Entries:
    if isinstance(term, Str):
        return Entries((), None, term.span, (term,))
    if not isinstance(term, List):
        return Entries((), term, term.span)
    pairs = [item for item in term.items if isinstance(item, Tuple) and len(item.items) == 2]
    odd = tuple(item for item in term.items if not (isinstance(item, Tuple) and len(item.items) == 2))
    return Entries(tuple(Entry(pair.items[0], pair.items[1], pair) for pair in pairs), term.tail, term.span, odd, term)


def _unreadable(app: App, path: str, what: Unreadable, problems: Problems) -> None:
    name = spell_atom(app.name)
    archive = archive_of(path) if what.kind == "open" else None
    if archive:
        what = replace(what, detail=Atom("enoent"))
    detail = {"open": (what.detail,), "read": (), "parse": (what.detail,)}[what.kind]
    reason = tup("file_problem", tup(string(path), tup("error", tup(what.kind, string(path), *detail))))
    otp = otp_says("systools_relup", reason)
    if what.kind == "open" and what.detail == Atom("enoent"):
        problems.add(
            R002.at(
                app.span,
                f"`{name}` changes, but there is no {os.path.basename(path)}",
                path=path,
                help=f"name the folder that has it with --appups: {archive} has none"
                if archive
                else f"write {path}, beside the .app file of {name} {app.vsn}",
                notes=(f"OTP says `Could not open file {path}`", *([NOT_PACKED] if archive else [])),
                subject=Subject(app.name),
                otp=otp,
            )
        )
    elif what.kind == "open":
        advice = f"put the appup of {name} {app.vsn} there"
        problems.add(replace(what.diagnostic, help=advice, otp=otp, subject=Subject(app.name)))
    else:
        problems.add(what.diagnostic.with_otp(otp if otp_agrees(what) else None, Subject(app.name)))
