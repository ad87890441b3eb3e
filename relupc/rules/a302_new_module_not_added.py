"""A302 new-module-not-added: a node in embedded mode has only the modules that it was told to load."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import LOADS, about, called_with, changed, ends_in_restart, entry_of, place, restarted
from relupc.model.codes import A302
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import prepended
from relupc.model.layout import flat
from relupc.model.lint import Upgrade
from relupc.model.spelling import module_name, spell_atom
from relupc.model.term import List

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    if ends_in_restart(upgrade):
        return
    known = {module.name for app in upgrade.pre.apps for module in app.modules}
    handled = known | set(about(upgrade, LOADS)) | called_with(upgrade)
    whole = restarted(upgrade)
    comes = "is new in" if upgrade.direction == "up" else "comes back with"
    for change in changed(upgrade):
        entry = entry_of(upgrade, change.script)
        for module in change.post.modules if change.post.name not in whole else ():
            if module.name not in handled:
                instruction = f"{{add_module, {flat(module)}}}"
                edits = prepended(entry.script, instruction) if entry and isinstance(entry.script, List) else ()
                yield A302.at(
                    place(change.script),
                    f"`{module_name(module.name)}` {comes} {spell_atom(change.post.name)} {change.post.vsn}, "
                    "but nothing here adds it",
                    help=f"add `{instruction}`",
                    notes=("OTP accepts this: in embedded mode calls of it end in `undef` until the node restarts",),
                    subject=upgrade.subject(change.post.name, module.name),
                    fix=Fix(f"add `{instruction}`", edits, safe=False) if edits else None,
                )
