"""A003 upgrade-entry-missing: an entry leads back to a version that no entry leads up from."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.appup import Appup
from relupc.model.codes import A003
from relupc.model.coverage import is_empty, one_ways
from relupc.model.diagnostic import Diagnostic, Label, Subject
from relupc.model.lint import spelled_version
from relupc.model.mirror import proposed

ON = Appup


def check(appup: Appup) -> Iterator[Diagnostic]:
    own = spelled_version(appup.vsn)
    if appup.down.items and is_empty(appup.up):
        proposal = proposed(appup, "up", [(entry.key, entry) for entry in appup.down.items])
        yield A003.at(
            appup.up.span,
            "no entry leads from any version",
            help=proposal.help,
            subject=Subject(appup.app or None, direction="up", new=own),
            fix=proposal.fix,
        )
        return
    for way in one_ways(appup.down, appup.up):
        proposal = proposed(appup, "up", [(way.key, way.entry)], way.instead)
        lacks = "the upgrade from it does nothing" if way.instead else "no entry leads from it"
        place = way.instead.key.span if way.instead else None
        yield A003.at(
            way.entry.key.span,
            f"downgrade to {way.version}, but {lacks}",
            labels=(Label(place, "this is taken"),) if place else (),
            help=proposal.help,
            notes=() if way.instead else ("OTP refuses an upgrade from a version without an entry",),
            subject=Subject(appup.app or None, direction="up", old=way.version, new=own),
            severity="warning" if way.instead else None,
            fix=proposal.fix,
        )
