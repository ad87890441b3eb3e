"""Names, and which has to come before which -> groups in order; a group is what no order is right for."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence


def groups_of(
    names: Sequence[str], before: Mapping[str, set[str]], wished: Iterable[tuple[str, str]] = ()
) -> list[list[str]]:
    """The groups, smallest name first where the order is open.

    `before` are the names that have to come before each. `wished` are pairs of which the first should come first, if
    that is no contradiction.
    """
    home = _homes(names, before)
    parts: dict[str, list[str]] = {}
    for name in sorted(names):
        parts.setdefault(home[name], []).append(name)
    needs = {part: {home[other] for name in group for other in before[name]} - {part} for part, group in parts.items()}
    for first, second in sorted(wished):
        one, other = home[first], home[second]
        if one != other and not _reaches(needs, one, other):
            needs[other].add(one)
    return [parts[part] for part in _topological(needs)]


def _homes(names: Sequence[str], before: Mapping[str, set[str]]) -> dict[str, str]:
    """Name -> the first name of its group: those that each come before the other."""
    home: dict[str, str] = {}
    for name in sorted(names):
        if name not in home:
            circle = [other for other in _reached(before, name) if name in _reached(before, other)]
            home |= dict.fromkeys([*circle, name], name)
    return home


def _reached(before: Mapping[str, set[str]], name: str) -> set[str]:
    found, todo = set[str](), [name]
    while todo:
        new = before[todo.pop()] - found
        found |= new
        todo += new
    return found


def _reaches(before: Mapping[str, set[str]], name: str, other: str) -> bool:
    """Whether `other` has to come before `name`."""
    return other in _reached(before, name)


def _topological(needs: Mapping[str, set[str]]) -> list[str]:
    followers: dict[str, list[str]] = {name: [] for name in needs}
    left = {name: len(others) for name, others in needs.items()}
    for name, others in needs.items():
        for other in others:
            followers[other].append(name)
    ready = sorted(name for name, count in left.items() if not count)
    done = []
    while ready:
        name = heapq.heappop(ready)
        done.append(name)
        for follower in followers[name]:
            left[follower] -= 1
            if not left[follower]:
                heapq.heappush(ready, follower)
    return done
