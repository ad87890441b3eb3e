"""Module instructions -> groups of those that depend on each other, each in dependency order.

Counterpart: `systools_rc:make_dependency_graph/1`, `get_dependent_instructions/3`. Where the DepMods
leave an order open, systools lets the numbers of atoms in its VM decide; here the place in the script
decides (docs/decisions/001).
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from relupc.model.codes import A103, A104
from relupc.model.diagnostic import Diagnostic, Fix, Label, Problems
from relupc.model.guess import MAX_GUESSES, nearest
from relupc.model.instruction import argument, name_of
from relupc.model.layout import flat
from relupc.model.otp import otp_note, otp_says
from relupc.model.plan import Draft, Step
from relupc.model.source import Span
from relupc.model.term import Atom, List, Tuple, as_list, tup
from relupc.model.value import replace

Node = TypeVar("Node", bound=Hashable)
MODULE_INSTRUCTIONS = ("update", "load_module", "delete_module")


def graph(draft: Draft, problems: Problems) -> Draft:
    """Find the groups: which modules are linked by DepMods, and in which order, dependents first."""
    steps: dict[str, Step] = {}
    again: list[tuple[Atom, Step]] = []
    for step in draft.after:
        if name_of(step.instruction) not in MODULE_INSTRUCTIONS:
            continue
        module = argument(step.instruction)
        if not isinstance(module, Atom):
            continue
        if steps.setdefault(module.name, step) is not step:
            again.append((module, step))
    if again:
        _all_twice(again, steps, draft, problems)
    needs = {name: _dep_mods(step, steps, draft, problems) for name, step in steps.items()}
    found = [order(group, needs) for group in components(needs)]
    cycles = tuple(tuple(cycle) for _, parts in found for cycle in parts if len(cycle) > 1)
    return replace(draft, groups=tuple(group for group, _ in found), cycles=cycles)


def _all_twice(again: Iterable[tuple[Atom, Step]], steps: Mapping[str, Step], draft: Draft, problems: Problems) -> None:
    """Report the modules that a second instruction is about."""
    from relupc.plan.twice import keep_one, neighbours  # noqa: PLC0415 - only for a mistake

    beside = neighbours(draft.scripts)
    for module, step in again:
        first = steps[module.name]
        _twice(module, step, first, keep_one(module, first, step, beside), draft, problems)


def _dep_mods(step: Step, steps: Mapping[str, Step], draft: Draft, problems: Problems) -> tuple[str, ...]:
    deps = as_list(step.instruction.items[-1]) if isinstance(step.instruction, Tuple) else ()
    if not deps:
        return ()
    found: dict[str, None] = {}
    for dep in deps:
        if not isinstance(dep, Atom):
            continue
        if dep.name in steps:
            found[dep.name] = None
        elif not problems.enough(A104):
            near = guess(dep, step, steps) if len(problems.found) < MAX_GUESSES else None
            problems.add(unknown_dep(dep, near, step, steps, draft))
    module = argument(step.instruction)
    if isinstance(module, Atom):
        found.pop(module.name, None)
    return tuple(found)


def components(needs: Mapping[str, tuple[str, ...]]) -> Iterable[list[str]]:
    """The weakly connected groups, each in script order, in the order of their first members."""
    linked: dict[str, list[str]] = {}
    for name, others in needs.items():
        for other in others:
            linked.setdefault(name, []).append(other)
            linked.setdefault(other, []).append(name)
    rank = {name: n for n, name in enumerate(needs)} if linked else {}
    seen: set[str] = set()
    for name in needs:
        if name not in linked:
            yield [name]
        elif name not in seen:
            seen.add(name)
            group = [name]
            for member in group:  # grows while it is walked
                new = [other for other in dict.fromkeys(linked[member]) if other not in seen]
                seen.update(new)
                group += new
            yield sorted(group, key=rank.__getitem__)


def order(group: list[str], needs: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], list[list[str]]]:
    """A group (in script order) in dependency order, and the parts of it within which each needs each, if any do.

    Dependents come first, ties and cycles in script order.
    """
    if len(group) == 1:
        return tuple(group), []
    done = _topological(group, needs)
    if len(done) == len(group):
        return tuple(done), []
    cycles = _cycles(group, needs)
    return _condensed(cycles, needs), cycles


def _topological(nodes: list[Node], needs: Mapping[Node, Iterable[Node]]) -> list[Node]:
    """Of those that nobody left needs, always the first of `nodes`; stops where only cycles are left."""
    rank = {node: n for n, node in enumerate(nodes)}
    needed = dict.fromkeys(nodes, 0)
    for node in nodes:
        for other in needs[node]:
            needed[other] += 1
    ready = [rank[node] for node in nodes if not needed[node]]  # in order, hence a heap
    done = []
    while ready:
        node = nodes[heapq.heappop(ready)]
        done.append(node)
        for other in needs[node]:
            needed[other] -= 1
            if not needed[other]:
                heapq.heappush(ready, rank[other])
    return done


def _condensed(cycles: list[list[str]], needs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The order of a group with cycles: each cycle is one vertex, placed by its first member."""
    home = {name: n for n, part in enumerate(cycles) for name in part}
    between = {
        n: {home[other]: None for name in part for other in needs[name] if home[other] != n}
        for n, part in enumerate(cycles)
    }
    return tuple(name for n in _topological(list(range(len(cycles))), between) for name in cycles[n])


def _cycles(group: list[str], needs: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """The parts of a group within which each needs each, in script order."""
    rank = {name: n for n, name in enumerate(group)}
    inner = _inner(group, needs)
    if not _is_one(inner):
        return _by_networkx(group, needs)
    parts = [list(inner), *([name] for name in group if name not in inner)]
    return sorted(parts, key=lambda part: rank[part[0]])


def _inner(group: list[str], needs: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The part of a group, in script order, that is left without those that no cycle needs or that need no cycle."""
    left = _among(group, needs)
    for _ in range(2):
        outer = set(_topological(list(left), left))
        left = _turned(_among([name for name in left if name not in outer], left))
    return left


def _among(names: list[str], needs: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    known = set(names)
    return {name: tuple(other for other in needs[name] if other in known) for name in names}


def _turned(needs: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Who is needed by whom."""
    found: dict[str, list[str]] = {name: [] for name in needs}
    for name, others in needs.items():
        for other in others:
            found[other].append(name)
    return {name: tuple(others) for name, others in found.items()}


def _is_one(needs: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether each of these needs each, over others or not."""
    for links in (needs, _turned(needs)):
        seen = dict.fromkeys(list(links)[:1])
        todo = list(seen)
        for name in todo:  # grows while it is walked
            new = [other for other in links[name] if other not in seen]
            seen.update(dict.fromkeys(new))
            todo += dict.fromkeys(new)
        if len(seen) < len(links):
            return False
    return True


def _by_networkx(group: list[str], needs: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """As `_cycles`, where there are several of them."""
    import networkx  # noqa: PLC0415 - takes as long as all the rest of a small command, and mostly there is one cycle

    links: networkx.DiGraph[str] = networkx.DiGraph()
    links.add_nodes_from(group)
    links.add_edges_from((name, other) for name in group for other in needs[name])
    rank = {name: n for n, name in enumerate(group)}
    cycles = [sorted(part, key=rank.__getitem__) for part in networkx.strongly_connected_components(links)]
    return sorted(cycles, key=lambda part: rank[part[0]])


def _twice(
    module: Atom, step: Step, first: Step, advice: tuple[str, Fix | None], draft: Draft, problems: Problems
) -> None:
    reason = tup("muldef_module", module)
    place = _place(first)
    problems.add(
        A103.at(
            _place(step),
            f"second instruction for the same module, `{flat(module)}`",
            labels=(Label(place, "first instruction"),) if place else (),
            help=advice[0],
            notes=otp_note(reason),
            subject=draft.subject(draft.app_of(step), module.name),
            otp=otp_says("systools_rc", reason),
            fix=advice[1],
        )
    )


def _place(step: Step) -> Span | None:
    """The module in the appup; for generated instructions the instruction that they come from."""
    module = argument(step.instruction)
    if step.instruction.span is None:
        return next((cause for cause in step.because if not isinstance(cause, str)), module.span if module else None)
    return module.span if module else None


def guess(dep: Atom, step: Step, steps: Mapping[str, Step]) -> str | None:
    """The module that was probably meant in the DepMods of `step`; not its own one."""
    module = argument(step.instruction)
    own = module.name if isinstance(module, Atom) else None
    return nearest(dep.name, (name for name in steps if name != own))


def unknown_dep(dep: Atom, near: str | None, step: Step, steps: Mapping[str, Step], draft: Draft) -> Diagnostic:
    """A module in the DepMods of `step` that none of the instructions `steps`, by module, is about."""
    reason = tup("undef_module", dep)
    module = argument(step.instruction)
    found = steps[near].instruction.span if near else None
    here = dep.span or step.instruction.span
    file = f"{found.source.path}, " if found and here and found.source is not here.source else ""
    line = f" ({file}line {found.line})" if found else ""
    return A104.at(
        here,
        f"no instruction in this upgrade is about `{flat(dep)}`",
        help=f"did you mean `{flat(Atom(near))}`{line}?" if near else "delete it, or add an instruction for it",
        notes=otp_note(reason),
        subject=draft.subject(draft.app_of(step), module.name if isinstance(module, Atom) else None),
        otp=otp_says("systools_rc", reason),
        fix=_another_dep(dep, near) if near else _no_dep(dep, step),
    )


def _another_dep(dep: Atom, near: str) -> Fix | None:
    from relupc.model.edit import replaced  # noqa: PLC0415 - only for a mistake
    from relupc.plan.written import as_written  # noqa: PLC0415

    text = flat(Atom(near))
    return Fix(f"replace by `{text}`", replaced(dep, text), safe=False) if as_written(dep) else None


def _no_dep(dep: Atom, step: Step) -> Fix | None:
    from relupc.model.edit import removed  # noqa: PLC0415 - only for a mistake
    from relupc.plan.written import as_written  # noqa: PLC0415

    deps = step.instruction.items[-1] if isinstance(step.instruction, Tuple) else None
    if not isinstance(deps, List) or deps.tail or not deps.span or deps.span.source.text[deps.span.start] != "[":
        return None
    index = next(number for number, other in enumerate(deps.items) if other is dep)
    beside = List(deps.items[max(0, index - 1) : index + 2])  # the list may be long: no more of it is looked at
    edits = removed(beside, dep) if all(map(as_written, beside.items)) else ()
    return Fix(f"delete `{flat(dep)}`", edits, safe=False) if edits else None
