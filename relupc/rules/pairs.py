"""For rules: the changed modules whose supervisors live on, and what they listed before and list afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.inits import lists
from relupc.model.program import EntryCode, UpgradeCode
from relupc.model.supervision import Supervisor
from relupc.model.value import NamedTuple
from relupc.rules.supervised import started_anew


class Pair(NamedTuple):
    """The lists of children of a function in a module that changed, before and after, one for each way it takes."""

    entry: EntryCode
    app: str
    before: tuple[Supervisor, ...]
    after: tuple[Supervisor, ...]


def pairs(upgrade: UpgradeCode) -> Iterator[Pair]:
    """The lists of children in changed modules, of supervisors that live on."""
    anew = started_anew(upgrade)
    for entry, diff, change in upgrade.changes():
        if entry and change.kind == "changed" and not anew.has(diff.app, change.module):
            before, after = (lists(program, change.module) for program in (upgrade.pre, upgrade.post))
            for at in before:
                if at in after:
                    yield Pair(entry, diff.app, tuple(before[at]), tuple(after[at]))
