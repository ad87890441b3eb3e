"""How one plan differs from another: which steps only one of them has, and which have another place."""

from __future__ import annotations

from relupc.model.timeline import Event, Timeline
from relupc.model.value import NamedTuple, dataclass


class Moved(NamedTuple):
    """A step of both plans that others overtake: where it was, and where it is now."""

    before: Event
    after: Event


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in both plans; None for the plan that does not have it. Steps are in the order of their plan."""

    before: Timeline | None
    after: Timeline | None
    removed: tuple[Event, ...] = ()
    added: tuple[Event, ...] = ()
    moved: tuple[Moved, ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether there is any difference."""
        if self.before is None or self.after is None:
            return True
        before, after = (
            (side.verdict.name, [reason.bare for reason in side.verdict.reasons]) for side in (self.before, self.after)
        )
        return bool(self.removed or self.added or self.moved) or before != after

    @property
    def suspended(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The modules whose processes stand still only before, and those for which that is so only now."""
        sides = (self.before, self.after)
        one, other = (dict.fromkeys(s.module for s in side.suspensions) if side else {} for side in sides)
        return tuple(m for m in one if m not in other), tuple(m for m in other if m not in one)
