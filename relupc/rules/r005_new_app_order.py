"""R005 new-app-order: new applications are started in the order of the .rel file, not in that of their needs."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import added, ends_in_restart, is_started
from relupc.model.codes import R005
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.lint import Upgrade
from relupc.model.spelling import spell_atom

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    new = [] if ends_in_restart(upgrade) else [app for app in added(upgrade) if is_started(app)]
    later = {app.name: app for app in new}
    for app in new:
        del later[app.name]
        optional = {atom.name for atom in app.optional}
        for need in dict.fromkeys(atom.name for atom in app.applications):
            if need in later and need not in optional:
                there = later[need].listed
                yield R005.at(
                    app.listed,
                    f"{spell_atom(app.name)} needs {spell_atom(need)}, which is started after it",
                    path=None if app.listed else upgrade.post.path,
                    labels=(Label(there, "started later"),) if there else (),
                    help=f"list {spell_atom(need)} before {spell_atom(app.name)}",
                    notes=(
                        f"`application:start({spell_atom(app.name)})` fails, which nobody looks at: it does not run",
                        "a boot sorts the applications, so only an upgrade shows it",
                    ),
                    subject=upgrade.subject(app.name),
                )
