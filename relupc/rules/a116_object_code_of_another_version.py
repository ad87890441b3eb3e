"""A116 object-code-of-another-version: the release handler reads code only of the versions that it installs."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A116
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.instruction import argument, name_of
from relupc.model.layout import flat
from relupc.model.lint import Upgrade
from relupc.model.spelling import spell_atom
from relupc.model.term import Atom, List, Term, Tuple, string

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    versions = {app.name: app.vsn for app in reversed(upgrade.post.apps)}
    for script in upgrade.scripts:
        for step in script.steps if script.app not in upgrade.left_out else ():
            match argument(step.instruction):
                case Tuple((Atom(name), vsn, List())) if name_of(step.instruction) == "load_object_code":
                    if name in versions and vsn != string(versions[name]):
                        yield _other(name, vsn, versions[name], upgrade)


def _other(name: str, vsn: Term, right: str, upgrade: Upgrade) -> Diagnostic:
    text = flat(string(right))
    edits = replaced(vsn, text)
    return A116.at(
        vsn.span,
        f"this way leads to {spell_atom(name)} {right}",
        help=f"write `{text}`",
        notes=("OTP makes a relup with it; the release handler refuses it with `bad_lib_vsn` when it installs it",),
        subject=upgrade.subject(name),
        fix=Fix(f"write `{text}`", edits, safe=False) if edits else None,
    )
