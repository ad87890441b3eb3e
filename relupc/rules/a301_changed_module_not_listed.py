"""A301 changed-module-not-listed: a module changed, but no instruction of the upgrade loads it."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import LOADS, about, called_with, ends_in_restart, restarted
from relupc.model.codes import A301
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import appended
from relupc.model.layout import flat
from relupc.model.program import Change, EntryCode, UpgradeCode
from relupc.model.spelling import module_name
from relupc.model.state import kind_of
from relupc.model.term import Atom, List

ON = UpgradeCode
OTP = "OTP accepts this: the node keeps running the old code until it restarts"
UNLISTED = "a node in embedded mode has no such module, and OTP refuses instructions for it: `No such module`"
LINES = "only line numbers differ that the code keeps for its log"


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    upgrade = code.upgrade
    if ends_in_restart(upgrade):
        return
    handled, anew = set(about(upgrade, LOADS)) | called_with(upgrade), restarted(upgrade)
    for entry, diff, change in code.changes():
        is_forgotten = change.kind == "changed" and change.module not in handled and diff.app not in anew
        if entry and is_forgotten and diff.old != diff.new:
            yield _forgotten(code, entry, diff.app, change)


def _forgotten(code: UpgradeCode, entry: EntryCode, app: str, change: Change) -> Diagnostic:
    script, text = entry.entry.entry.script, _instruction(code, change)
    listed = any(Atom(change.module) in one.modules for one in code.upgrade.post.apps if one.name == app)
    edits = appended(script, text) if isinstance(script, List) and listed else ()
    return A301.at(
        entry.entry.entry.key.span,
        f"`{module_name(change.module)}` changed, but nothing here loads it",
        help=f"add `{text}`" if listed else f"list it in `modules` of the .app file, and add `{text}`",
        notes=(LINES, OTP) if change.only_lines else (OTP if listed else UNLISTED,),
        subject=code.upgrade.subject(app, change.module),
        severity="note" if change.only_lines or not listed else None,
        fix=Fix(f"add `{text}`", edits, safe=False) if edits else None,
    )


def _instruction(code: UpgradeCode, change: Change) -> str:
    """What to write: supervisors are updated, and processes whose state has another shape are converted."""
    name, kind = flat(Atom(change.module)), kind_of(change.new) if change.new else None
    before, after = (program.states.get(change.module) for program in (code.pre, code.post))
    if kind == "supervisor":
        return f"{{update, {name}, supervisor}}"
    if before and after and set(before.held) != set(after.held) and after.conversion.kind == "converting":
        return f"{{update, {name}, {{advanced, []}}}}"
    return f"{{load_module, {name}}}"
