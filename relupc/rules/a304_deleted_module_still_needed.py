"""A304 deleted-module-still-needed: the new version still has a module that the upgrade to it deletes."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import Packaged
from relupc.rules.deletions import deleted, still_needed

ON = Packaged


def check(packaged: Packaged) -> Iterator[Diagnostic]:
    app = packaged.app
    # A build lists the modules anew: what an .app.src lists may be out of date.
    if app.modules is not None and app.path.endswith(".app"):
        listed = {module.name: module.span for module in app.modules}
        for entry in packaged.entries:
            for module in deleted(entry.steps) if entry.direction == "up" else ():
                if module.name in listed:
                    subject = entry.subject(module.name)
                    yield still_needed(module, (app.name, app.vsn), listed[module.name], entry.entry, subject)
