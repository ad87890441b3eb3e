"""Lists of names in, their common order out."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise


def in_order(names: Sequence[str], chains: Iterable[Sequence[str]]) -> list[str] | None:
    """Each name once, so that every chain keeps its order, and as near to the order given as may be; None if none can.

    Names of a chain that are not among the names do not count.
    """
    place = {name: n for n, name in enumerate(dict.fromkeys(names))}
    after: dict[str, list[str]] = {name: [] for name in place}
    before = dict.fromkeys(place, 0)
    for chain in chains:
        known = [name for name in chain if name in place]
        for one, other in pairwise(known):
            after[one].append(other)
            before[other] += 1
    ready = [(n, name) for name, n in place.items() if not before[name]]
    heapq.heapify(ready)
    found: list[str] = []
    while ready:
        _, name = heapq.heappop(ready)
        found.append(name)
        for other in after[name]:
            before[other] -= 1
            if not before[other]:
                heapq.heappush(ready, (place[other], other))
    return found if len(found) == len(place) else None


def settled(names: Sequence[str], first: Sequence[str], second: Sequence[str]) -> tuple[list[str], bool]:
    """Each name once, in the order of both lists, or in that of the second; and whether it is that of both."""
    found = in_order(names, [first, second])
    if found is not None:
        return found, True
    later = in_order(names, [list(dict.fromkeys(second))])
    assert later is not None, "one list of different names is an order"
    return later, False


def without_repeats(chain: Sequence[str]) -> list[str]:
    """The same without what stands behind itself."""
    return [name for n, name in enumerate(chain) if n == 0 or chain[n - 1] != name]


def groups(names: Sequence[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name -> the first name of its group: those that pairs join, directly or not."""
    place = {name: n for n, name in enumerate(names)}
    joined: dict[str, list[str]] = {name: [] for name in place}
    for one, other in pairs:
        if one in place and other in place:
            joined[one].append(other)
            joined[other].append(one)
    found: dict[str, str] = {}
    for name in place:
        todo = [] if name in found else [name]
        while todo:
            at = todo.pop()
            if at not in found:
                found[at] = name
                todo += joined[at]
    return found


def runs(names: Sequence[str], group: Mapping[str, str]) -> list[list[str]]:
    """The names by group, each group where its first name stands: as systools_rc emits them."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(group[name], []).append(name)
    return list(found.values())
