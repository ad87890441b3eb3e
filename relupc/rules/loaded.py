"""For rules about processes that go on over an upgrade: the changed modules that get new code while they run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.model.changes import ends_in_restart, restarted
from relupc.model.handling import Handling, handlings
from relupc.model.program import Change, Diff, EntryCode, UpgradeCode
from relupc.model.state import State, kinds_of
from relupc.model.value import NamedTuple
from relupc.rules.stopped import stopped


class Loaded(NamedTuple):
    """A changed callback module whose processes go on, and what happens to it; None where nobody wrote that."""

    entry: EntryCode | None
    diff: Diff
    change: Change
    handling: Handling | None


def loaded(upgrade: UpgradeCode) -> Iterator[Loaded]:
    """The changed modules with processes that an upgrade gives new code while they run.

    Where an application has no entry at all for this way up, all that changed counts: the entry is still to be written.
    """
    if ends_in_restart(upgrade.upgrade):
        return
    anew, gone = restarted(upgrade.upgrade), stopped(upgrade)
    known: dict[str, Mapping[str, Handling]] = {}
    for entry, diff, change in upgrade.changes():
        if change.kind != "changed" or diff.app in anew or not change.old or not kinds_of(change.old):
            continue
        if entry and diff.app not in known:
            known[diff.app] = handlings(entry.entry)
        found = known.get(diff.app, {}).get(change.module)
        if (found or (entry is None and upgrade.direction == "up")) and not gone.has(change.module):
            yield Loaded(entry, diff, change, found)


def states(upgrade: UpgradeCode, module: str) -> tuple[State, State] | None:
    """The processes of a module before and after, where both are known to be of one kind."""
    old, new = upgrade.pre.states.get(module), upgrade.post.states.get(module)
    return (old, new) if old and new and old.kind == new.kind else None
