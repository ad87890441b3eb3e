"""A304 deleted-module-still-needed, with both releases: on the way down too, whichever application has the module."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import LOADS, REMOVALS, about, changed, ends_in_restart, entry_of, instructions
from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import Upgrade
from relupc.rules.deletions import deleted, still_needed

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    there = {module.name for app in upgrade.post.apps for module in app.modules}
    if there.isdisjoint(about(upgrade, REMOVALS)) or ends_in_restart(upgrade):
        return
    lost = {module.name for module in deleted(instructions(upgrade))} - set(about(upgrade, LOADS))
    homes = {module.name: (app, module) for app in reversed(upgrade.post.apps) for module in app.modules}
    for change in changed(upgrade):
        for module in deleted(change.script.steps):
            if module.name in lost and module.name in homes:
                app, listed = homes[module.name]
                subject = upgrade.subject(change.post.name, module.name)
                entry = entry_of(upgrade, change.script)
                yield still_needed(module, (app.name, app.vsn), listed.span, entry, subject)
