"""A301 changed-module-not-listed: a module changed, but the upgrade does not load it."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import (
    LOADS,
    REMOVALS,
    about,
    called_with,
    changed,
    ends_in_restart,
    entry_of,
    place,
    restarted,
)
from relupc.model.codes import A301
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import prepended
from relupc.model.layout import flat
from relupc.model.program import UpgradeCode
from relupc.model.spelling import module_name
from relupc.model.term import Atom, List

ON = UpgradeCode


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    upgrade = code.upgrade
    if ends_in_restart(upgrade):
        return
    handled = {*about(upgrade, (*LOADS, *REMOVALS)), *called_with(upgrade)}  # what only goes is A304
    whole = restarted(upgrade)
    for change in changed(upgrade):
        diff, entry = code.diffs.get(change.post.name), entry_of(upgrade, change.script)
        for module in diff.of_kind("changed") if diff and change.post.name not in whole else ():
            if module.module not in handled:
                instruction = f"{{load_module, {flat(Atom(module.module))}}}"
                edits = prepended(entry.script, instruction) if entry and isinstance(entry.script, List) else ()
                yield A301.at(
                    place(change.script),
                    f"`{module_name(module.module)}` changed, but nothing here loads it",
                    help=f"add `{instruction}`, or an `update` if processes run in it",
                    notes=("OTP accepts this: the node keeps running the old code until it restarts",),
                    subject=upgrade.subject(change.post.name, module.module),
                    fix=Fix(f"add `{instruction}`", edits, safe=False) if edits else None,
                )
