"""R009 included-app-started-standalone: the upgrade starts a new application by itself, though another includes it."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import added, ends_in_restart, is_started
from relupc.model.codes import R009
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.layout import flat
from relupc.model.lint import Upgrade
from relupc.model.spelling import spell_atom
from relupc.model.term import string

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    parents = {atom.name: (app, atom) for app in reversed(upgrade.post.apps) for atom in app.included}
    for app in [] if ends_in_restart(upgrade) else added(upgrade):
        if app.name in parents and is_started(app):
            parent, there = parents[app.name]
            name = spell_atom(app.name)
            yield R009.at(
                app.listed,
                f"{spell_atom(parent.name)} includes {name}, but the upgrade starts it by itself",
                path=None if app.listed else upgrade.post.path,
                labels=(Label(there.span, "included here"),) if there.span else (),
                help=f"write `{{{name}, {flat(string(app.vsn))}, load}}`",
                notes=("at a boot OTP leaves the start to the application that includes it",),
                subject=upgrade.subject(app.name),
            )
