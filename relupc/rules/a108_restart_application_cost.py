"""A108 restart-application-cost: who needs an application goes on running while that is stopped."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import ends_in_restart, is_started, restarted
from relupc.model.codes import A108
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import argument, name_of
from relupc.model.lint import Upgrade
from relupc.model.spelling import spell_atom
from relupc.model.term import Atom

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    whole = restarted(upgrade)
    if not whole or ends_in_restart(upgrade):
        return
    before = {app.name for app in upgrade.pre.apps if is_started(app)}
    users: dict[str, list[str]] = {}
    for app in upgrade.post.apps:
        if app.name in before and app.name not in whole and is_started(app):
            for needed in app.applications:
                users.setdefault(needed.name, []).append(app.name)
    for script in upgrade.scripts:
        for step in script.steps if script.app not in upgrade.left_out else ():
            about = argument(step.instruction)
            if name_of(step.instruction) == "restart_application" and isinstance(about, Atom) and about.name in users:
                name, names = spell_atom(about.name), users[about.name]
                more = f" and {len(names) - 4} more" if len(names) > 4 else ""
                need = "needs" if len(names) == 1 else "need"
                yield A108.at(
                    about.span or step.instruction.span,
                    f"{', '.join(map(spell_atom, names[:4]))}{more}, which {need} {name}, "
                    f"{'goes' if len(names) == 1 else 'go'} on running while it is stopped",
                    help=f"restart {'it' if len(names) == 1 else 'them'} too, or change {name} by module instructions",
                    notes=(
                        f"OTP stops {name} and removes its modules: its processes, their states and tables are gone",
                        "if that brings a permanent application to its end, the node goes down",
                    ),
                    subject=upgrade.subject(about.name),
                )
