"""The calls of a module as a graph: which functions lead to which, how, and where that goes round."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from relupc.analyse.onward import HIBERNATES
from relupc.model.beam import FA, MFA
from relupc.model.code import Call, LocalFun, Module, origin_of
from relupc.model.lazy import Lazy
from relupc.model.term import Atom, as_list
from relupc.model.value import NamedTuple, dataclass, field

Edges: TypeAlias = Mapping[FA, Sequence[FA]]
Kind: TypeAlias = Literal["last", "inner", "module_last", "module_inner"]
ALL: tuple[Kind, ...] = ("last", "inner", "module_last", "module_inner")


class Ends(NamedTuple):
    """The functions of its module that a function calls: as the last act or with something left to do, by name or
    through the module. `out` are the last acts that are functions of other modules."""

    last: Sequence[FA] = ()
    inner: Sequence[FA] = ()
    module_last: Sequence[FA] = ()
    module_inner: Sequence[FA] = ()
    out: Sequence[MFA] = ()


NOWHERE = Ends()


@dataclass(frozen=True, slots=True)
class Graph:
    """Who calls whom in a module, found out function by function."""

    ends: Mapping[FA, Ends] = field(default_factory=dict)

    def edges(self, *kinds: Kind, among: Collection[FA] | None = None) -> Edges:
        """The calls of some kinds together, or those among some functions."""

        def ends(fa: FA) -> list[FA]:
            found = self.ends.get(fa, NOWHERE)
            return [end for kind in kinds for end in getattr(found, kind) if among is None or end in among]

        return Lazy(self.ends if among is None else among, ends, sparse=True)


def graph_of(module: Module) -> Graph:
    """The calls of a module. What it hibernates with is called through the module, as the last act."""
    return Graph(Lazy(module.functions, lambda fa: _ends(module, fa)))


def _ends(module: Module, fa: FA) -> Ends:
    found: dict[Kind, list[FA]] = {kind: [] for kind in ALL}
    out = []
    for call in module.functions[fa].calls:
        called = _meant(call, module.name)
        if called.module != module.name:
            out += [called] if call.tail and called.module else []
        elif called.local in module.functions:
            found[_kind(call)].append(called.local)
    return Ends(**found, out=out)


def _kind(call: Call) -> Kind:
    if call.called in HIBERNATES:
        return "module_last"
    if call.kind == "remote":
        return "module_last" if call.tail else "module_inner"
    return "last" if call.tail else "inner"


def _meant(call: Call, module: str) -> MFA:
    """The function that a call comes to, be it that of a fun made here."""
    if call.kind == "fun" and call.args and isinstance(fun := origin_of(call.args[-1]), LocalFun):
        return MFA(module, *fun.function)
    match call.args:
        case (Atom(other), Atom(name), given) if call.called in HIBERNATES and (items := as_list(given)) is not None:
            return MFA(other, name, len(items))
    return call.called


def reached(starts: Iterable[FA], edges: Edges, depth: int | None = None) -> dict[FA, FA]:
    """What some functions lead to, they themselves included, and which of them leads there first."""
    found = {start: start for start in starts}
    level = list(found)
    while level and (depth is None or depth > 0):
        depth = None if depth is None else depth - 1
        after = []
        for start in level:
            for end in edges.get(start, ()):
                if end not in found:
                    found[end] = found[start]
                    after.append(end)
        level = after
    return found


def cycles(edges: Edges, functions: Iterable[FA]) -> list[tuple[FA, ...]]:
    """The groups of functions that all lead to each other, and those that lead to themselves (Tarjan).

    Members are in the order of `functions`.
    """
    order = {function: at for at, function in enumerate(functions)}
    found = [tuple(sorted(group, key=order.__getitem__)) for group in _components(edges, order)]
    return sorted((g for g in found if len(g) > 1 or g[0] in edges.get(g[0], ())), key=lambda g: order[g[0]])


def _components(edges: Edges, order: Mapping[FA, int]) -> list[list[FA]]:
    numbers: dict[FA, int] = {}
    low: dict[FA, int] = {}
    held: list[FA] = []
    done: set[FA] = set()
    found: list[list[FA]] = []
    for start in order:
        path = [] if start in numbers else [(start, iter(edges.get(start, ())))]
        while path:
            at, ends = path[-1]
            if at not in numbers:
                numbers[at] = low[at] = len(numbers)
                held.append(at)
            end = next((end for end in ends if end not in done), None)
            if end is None:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[at])
                if low[at] == numbers[at]:
                    found.append(_popped(held, at))
                    done.update(found[-1])
            elif end in numbers:
                low[at] = min(low[at], numbers[end])
            else:
                path.append((end, iter(edges.get(end, ()))))
    return found


def _popped(held: list[FA], last: FA) -> list[FA]:
    group = [held.pop()]
    while group[-1] != last:
        group.append(held.pop())
    return group
