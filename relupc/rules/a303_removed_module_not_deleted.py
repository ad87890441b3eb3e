"""A303 removed-module-not-deleted: what no instruction deletes stays loaded, and can be called."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import REMOVALS, about, called_with, changed, ends_in_restart, entry_of, place, restarted
from relupc.model.codes import A303
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import appended
from relupc.model.layout import flat
from relupc.model.lint import Upgrade
from relupc.model.spelling import module_name, spell_atom
from relupc.model.term import List

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    if ends_in_restart(upgrade):
        return
    needed = {module.name for app in upgrade.post.apps for module in app.modules}
    handled = needed | set(about(upgrade, REMOVALS)) | called_with(upgrade)
    whole = restarted(upgrade)
    for change in changed(upgrade):
        entry = entry_of(upgrade, change.script)
        for module in change.pre.modules if change.pre.name not in whole else ():
            if module.name not in handled:
                instruction = f"{{delete_module, {flat(module)}}}"
                edits = appended(entry.script, instruction) if entry and isinstance(entry.script, List) else ()
                yield A303.at(
                    place(change.script),
                    f"`{module_name(module.name)}` is not in {spell_atom(change.post.name)} {change.post.vsn}, "
                    "but nothing here deletes it",
                    help=f"add `{instruction}`",
                    notes=("OTP accepts this: the old module stays loaded until the node restarts",),
                    subject=upgrade.subject(change.post.name, module.name),
                    fix=Fix(f"add `{instruction}`", edits, safe=False) if edits else None,
                )
