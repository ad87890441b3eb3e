"""R020 removed-app-order: applications are stopped in the order of the old .rel file, whoever needs them."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.build import App
from relupc.model.changes import called_with, ends_in_restart, gone, is_started
from relupc.model.codes import R020
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.lint import Upgrade
from relupc.model.spelling import spell_atom

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    leaving = [] if ends_in_restart(upgrade) else [app for app in gone(upgrade) if is_started(app)]
    handled = called_with(upgrade)
    stopped: dict[str, App] = {}
    for app in leaving:
        for need in dict.fromkeys(atom.name for atom in app.applications):
            if need in stopped and app.name not in handled:
                name, first = spell_atom(app.name), stopped[need]
                yield R020.at(
                    first.listed,
                    f"{spell_atom(need)} is stopped before {name}, which needs it",
                    path=None if first.listed else upgrade.pre.path,
                    labels=(Label(app.listed, "stopped later"),) if app.listed else (),
                    help=f"stop it in an appup of this upgrade: `{{apply, {{application, stop, [{name}]}}}}`",
                    notes=("OTP stops applications that go in the order of the .rel file that they are in",),
                    subject=upgrade.subject(need),
                )
        stopped[app.name] = app
