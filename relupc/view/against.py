"""Two lists of timelines -> how the second differs from the first, way by way."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from relupc.model.difference import Difference, Moved
from relupc.model.term import Term
from relupc.model.timeline import Event, Timeline


def differences(before: Iterable[Timeline], after: Iterable[Timeline]) -> tuple[Difference, ...]:
    """A difference for each way of either, those of `after` first; alike or not. Ways are matched by their versions."""
    old = {_way(timeline): timeline for timeline in before}
    new = {_way(timeline): timeline for timeline in after}
    return tuple(_difference(old.get(way), new.get(way)) for way in dict.fromkeys((*new, *old)))


def _way(timeline: Timeline) -> tuple[str, str]:
    """The direction, and the version to come from or to go back to: what leads there may be a later version."""
    return timeline.direction, timeline.old if timeline.direction == "up" else timeline.new


def _difference(before: Timeline | None, after: Timeline | None) -> Difference:
    if before is None or after is None:
        return Difference(before, after)
    places: dict[Term, list[Event]] = {}
    for event in reversed(before.events):
        places.setdefault(event.instruction, []).append(event)
    pairs, added = list[Moved](), list[Event]()
    for event in after.events:
        same = places.get(event.instruction)
        if same:
            pairs.append(Moved(same.pop(), event))
        else:
            added.append(event)
    left = {event.n for events in places.values() for event in events}
    removed = tuple(event for event in before.events if event.n in left)
    stay = _longest([pair.before.n for pair in pairs])
    moved = tuple(pair for number, pair in enumerate(pairs) if number not in stay)
    return Difference(before, after, removed, tuple(added), moved)


def _longest(numbers: Sequence[int]) -> frozenset[int]:
    """The places of a longest series of ever larger numbers: the steps that need not be seen as moved."""
    ends, at = list[int](), list[int]()  # of the best series of each length: its last number, and where that is
    came_from: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        came_from.append(at[length - 1] if length else None)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [place]
    found, place_or_none = set[int](), at[-1] if at else None
    while place_or_none is not None:
        found.add(place_or_none)
        place_or_none = came_from[place_or_none]
    return frozenset(found)
