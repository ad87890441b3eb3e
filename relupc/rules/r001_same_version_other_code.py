"""R001 same-version-different-code, with compiled modules: their code differs, the version does not."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import R001
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.program import Diff, UpgradeCode
from relupc.model.spelling import module_name, spell_atom

ON = UpgradeCode
NOTE = "OTP passes over an application whose version stays: no instruction loads what differs"


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    for diff in code.diffs.values():
        changed = diff.of_kind("changed")
        base, top = code.upgrade.base.app(diff.app), code.upgrade.top.app(diff.app)
        if changed and base and top and diff.old == diff.new and code.direction == "up":
            yield R001.at(
                top.span,
                f"{spell_atom(diff.app)} is {diff.new} in both, but {_differ(diff)}",
                path=None if top.span else code.upgrade.top.path,
                labels=(Label(base.span, "the old one"),) if base.span and base.span != top.span else (),
                help="give it a new version, and an appup",
                notes=(NOTE,),
                subject=code.upgrade.both_ways(diff.app),
                severity="note" if all(change.only_lines for change in changed) else None,
            )


def _differ(diff: Diff) -> str:
    names = [f"`{module_name(change.module)}`" for change in diff.of_kind("changed")]
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return f"{', '.join(names[:4])}{more} {'differs' if len(names) == 1 else 'differ'}"
