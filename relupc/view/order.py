"""Scripts and events -> which module is loaded after which because DepMods say so, and the circles among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from relupc.model.instruction import argument, dep_mods
from relupc.model.plan import Script
from relupc.model.term import Atom
from relupc.model.timeline import Edge, Event

Graph = Mapping[str, Sequence[str]]


def order_of(
    scripts: Iterable[Script], events: Sequence[Event]
) -> tuple[tuple[Edge, ...], tuple[tuple[str, ...], ...]]:
    """An edge for each element of DepMods, from what is loaded later to what is so earlier; and the circles."""
    when = {module: event.n for event in reversed(events) if event.name in _CHANGES for module in event.modules}
    wanted = dict.fromkeys(
        pair for pair in _wanted(scripts) if pair[0] != pair[1] and all(name in when for name in pair)
    )
    circles = _circles(wanted, when)
    circle_of = {name: circle for circle in circles for name in circle}
    apart = [(a, b) for a, b in wanted if a not in circle_of or circle_of[a] is not circle_of.get(b)]
    edges = dict.fromkeys(Edge(a, b) if when[a] > when[b] else Edge(b, a) for a, b in apart)
    return tuple(edges), circles


_CHANGES = ("load", "remove")


def _wanted(scripts: Iterable[Script]) -> Iterator[tuple[str, str]]:
    """Module and element of its DepMods."""
    for script in scripts:
        for step in script.steps:
            about = argument(step.instruction)
            if isinstance(about, Atom):
                yield from ((about.name, dep.name) for dep in dep_mods(step.instruction))


def _circles(pairs: Iterable[tuple[str, str]], when: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Modules that lead to each other, by first step: what reaches a module and is reached by it (Kosaraju)."""
    onward, back = dict[str, list[str]](), dict[str, list[str]]()
    for a, b in pairs:
        onward.setdefault(a, []).append(b)
        back.setdefault(b, []).append(a)
    left: dict[str, None] = {}
    for name in onward:
        _visit(name, onward, left)
    done, circles = dict[str, None](), list[tuple[str, ...]]()
    for name in reversed(list(left)):
        found = _visit(name, back, done)
        if len(found) > 1:
            circles.append(tuple(sorted(found, key=lambda name: when[name])))
    return tuple(sorted(circles, key=lambda circle: when[circle[0]]))


def _visit(first: str, graph: Graph, left: dict[str, None]) -> list[str]:
    """All that can be reached and was not left before, as it is left; without recursion, since input is deep."""
    if first in left:
        return []
    seen, found = {first}, list[str]()
    path = [(first, iter(graph.get(first, ())))]
    while path:
        name, others = path[-1]
        other = next((other for other in others if other not in seen and other not in left), None)
        if other is None:
            path.pop()
            left[name] = None
            found.append(name)
        else:
            seen.add(other)
            path.append((other, iter(graph.get(other, ()))))
    return found
