"""New children, and the groups of modules in their order -> behind which group each child is started.

A child is there before code is that calls it, if one can have it so: it needs its supervisor, and what it calls itself.
One that goes is stopped with its supervisor: that comes behind the modules whose old code calls the child.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from relupc.model.beam import modules_in
from relupc.model.program import Program
from relupc.model.proposal import Suggestion
from relupc.model.value import NamedTuple
from relupc.propose.way import Action, Way


class _Child(NamedTuple):
    """A child to start: the changed modules that are to be loaded before it is, and those that call it."""

    needs: frozenset[str]
    callers: frozenset[str]
    call: Suggestion


def wished(way: Way, actions: Sequence[Action], kept: Collection[str]) -> Iterator[tuple[str, str]]:
    """Pairs of changed modules of which the first had better come first, for a child that one of them calls."""
    for one in _children(way, actions, kept):
        yield from ((need, caller) for need in sorted(one.needs) for caller in sorted(one.callers - one.needs))
    back = way._replace(pre=way.post, post=way.pre)
    for name in kept:
        for module in sorted(_listed(way.pre, name) - _listed(way.post, name)):
            ended = _begun(back, module)
            callers = _callers(back, ended, kept) - {name}
            yield from ((caller, name) for caller in sorted(callers))
            yield from ((name, other) for other in sorted(_called(back, ended) & set(kept) - callers - {name}))


def placed(way: Way, actions: Sequence[Action], groups: Sequence[Sequence[str]]) -> Mapping[int, Sequence[Suggestion]]:
    """The starts, by the number of the group that they come behind; in the order of the supervisor's list.

    Those that no new code calls come last, as do those that cannot be there before it.
    """
    home = {name: at for at, group in enumerate(groups) for name in group}
    children = list(_children(way, actions, home.keys()))
    earliest = [max((home[name] for name in one.needs), default=0) for one in children]
    last = len(groups) - 1
    places = [
        first if one.callers and first < min(home[name] for name in one.callers) else last
        for one, first in zip(children, earliest, strict=True)
    ]
    for at in reversed(range(len(places) - 1)):
        places[at] = min(places[at], max(earliest[at], places[at + 1]))
    found: dict[int, list[Suggestion]] = {}
    behind = 0
    for at, one in zip(places, children, strict=True):
        behind = max(behind, at)
        found.setdefault(behind, []).append(one.call)
    return found


def _children(way: Way, actions: Sequence[Action], kept: Collection[str]) -> Iterator[_Child]:
    for action in actions:
        for begin in action.after:
            if begin.module is None:
                yield _Child(frozenset(kept), frozenset(), begin.call)
                continue
            begun = _begun(way, begin.module)
            needs = _called(way, begun) | {action.module}
            yield _Child(
                frozenset(needs & set(kept)), frozenset(_callers(way, begun, kept) - {action.module}), begin.call
            )


def _listed(program: Program, supervisor: str) -> set[str]:
    """The modules of the children that a supervisor lists."""
    several = program.supervisors.get(supervisor, ())
    return {child.start[0] for one in several for child in one.children if child.start}


def _begun(way: Way, module: str) -> set[str]:
    """The modules of the processes that start with a child: those below it, if it is a new supervisor."""
    found, todo = set[str](), [module]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += _listed(way.post, name) if name not in way.pre.modules else ()
    return found


def _called(way: Way, names: Collection[str]) -> set[str]:
    """The modules themselves and those that they call, be it by added modules."""
    found, todo = set[str](), list(names)
    while todo:
        name = todo.pop()
        if name not in found and (module := way.post.modules.get(name)):
            found.add(name)
            todo += modules_in(module.imports) if name in names or name not in way.pre.modules else ()
    return found


def _callers(way: Way, begun: Collection[str], kept: Collection[str]) -> set[str]:
    """The changed modules whose new code calls one of these, and whose old code did not."""
    before = {name for name in kept if not modules_in(way.pre.modules[name].imports).isdisjoint(begun)}
    return {name for name in kept if name not in before and not _called(way, {name}).isdisjoint(begun)} - set(begun)
