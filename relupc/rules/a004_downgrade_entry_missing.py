"""A004 downgrade-entry-missing: an entry leads up from a version that no entry leads back to."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.appup import Appup
from relupc.model.codes import A004
from relupc.model.coverage import is_empty, one_ways
from relupc.model.diagnostic import Diagnostic, Label, Subject
from relupc.model.lint import spelled_version
from relupc.model.mirror import proposed

ON = Appup


def check(appup: Appup) -> Iterator[Diagnostic]:
    own = spelled_version(appup.vsn)
    if appup.up.items and is_empty(appup.down):
        proposal = proposed(appup, "down", [(entry.key, entry) for entry in appup.up.items])
        yield A004.at(
            appup.down.span,
            "no entry leads back to any version",
            help=proposal.help,
            subject=Subject(appup.app or None, direction="down", old=own),
            fix=proposal.fix,
        )
        return
    for way in one_ways(appup.up, appup.down):
        proposal = proposed(appup, "down", [(way.key, way.entry)], way.instead)
        lacks = "the way back does nothing" if way.instead else "no entry leads back to it"
        place = way.instead.key.span if way.instead else None
        yield A004.at(
            way.entry.key.span,
            f"upgrade from {way.version}, but {lacks}",
            labels=(Label(place, "this is taken"),) if place else (),
            help=proposal.help,
            subject=Subject(appup.app or None, direction="down", old=own, new=way.version),
            fix=proposal.fix,
        )
