"""Builds of an application -> the appup that relupc proposes for its new version."""

from __future__ import annotations

from collections.abc import Sequence

from relupc.model.program import Diff, Program
from relupc.model.proposal import ProposedAppup, ProposedEntry
from relupc.model.value import NamedTuple
from relupc.propose.decide import decide
from relupc.propose.order import ordered
from relupc.propose.way import Way


class Pair(NamedTuple):
    """An old build and the new one, and what differs in the application."""

    old: Program
    new: Program
    diff: Diff


def propose(app: str, vsn: str, pairs: Sequence[Pair]) -> ProposedAppup:
    """The appup; an entry for each old version, the first of several builds with one version counts."""
    entries: dict[str, ProposedEntry] = {}
    for pair in pairs:
        if pair.diff.old is not None and pair.diff.old not in entries:
            up, down = Way("up", pair.old, pair.new, pair.diff), Way("down", pair.new, pair.old, pair.diff)
            ways = (ordered(way, decide(way)) for way in (up, down))
            entries[pair.diff.old] = ProposedEntry(pair.diff.old, *ways)
    return ProposedAppup(app, vsn, tuple(entries.values()))
