"""What to do about each module -> the instructions of an entry, in an order in which no code misses what it calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relupc.model.calls import lost, missing
from relupc.model.instruction import BRUTAL, SOFT_PURGE
from relupc.model.naming import named
from relupc.model.program import Program
from relupc.model.proposal import Suggestion
from relupc.model.state import kinds_of
from relupc.model.term import Atom, List, Term, Tuple, tup
from relupc.propose.begin import placed, wished
from relupc.propose.groups import groups_of
from relupc.propose.way import Action, Way

_Before = Mapping[str, set[str]]  # module -> those to be loaded before it
_FIRST, _LAST = "add", "delete"


def ordered(way: Way, actions: Sequence[Action]) -> tuple[Suggestion, ...]:
    """The instructions; a restart of the application where one action asks for that."""
    again = next((one for one in actions if one.restarts), None)
    if again:
        return (Suggestion(tup("restart_application", way.diff.app), again.why, again.confidence),)
    known = {one.module: one for one in actions}
    added, kept, gone = ([one.module for one in actions if _turn(one) == turn] for turn in (0, 1, 2))
    wishes = [*_parents(way, known), *wished(way, actions, kept)]
    groups = groups_of(kept, _edges(way, kept, kept), wishes)
    starts = placed(way, actions, groups)
    found = [_instruction(known[name], ()) for name in added]
    for at, group in enumerate(groups):
        found += _of_group(way, [known[name] for name in group])
        found += starts.get(at, ())
    return (*found, *(_instruction(known[name], ()) for name in gone))


def _turn(action: Action) -> int:
    """Code that is added is there before any that may call it; what is deleted goes when none calls it any more."""
    return {_FIRST: 0, _LAST: 2}.get(action.verb, 1)


def _edges(way: Way, names: Sequence[str], callers: Sequence[str]) -> dict[str, set[str]]:
    """Module -> those that have to be loaded before it, for what these callers need.

    New code that calls what only the new build of another module has comes behind that; old code that calls what only
    the old build has goes before it does.
    """
    found: dict[str, set[str]] = {name: set() for name in names}
    for name in callers:
        for other in _needed(name, way.post, way.pre):
            if other in found:
                found[name].add(other)
        for other in _needed(name, way.pre, way.post):
            if other in found:
                found[other].add(name)
    return found


def _needed(name: str, there: Program, other: Program) -> set[str]:
    """The modules of which a module calls, or has others call by name, what only `there` has."""
    module, gone = there.modules[name], {key: found for key, found in lost(there, other).items() if key != name}
    has_called = {
        one.function.module for one in named(module, gone) if one.function.local in gone.get(one.function.module, ())
    }
    return has_called | missing(module, there, other).keys()


def _parents(way: Way, known: Mapping[str, Action]) -> list[tuple[str, str]]:
    """Pairs of a supervisor and the module of a process below it: its new `init/1` may make what that needs."""
    return [
        (name, child.start[0])
        for name, action in sorted(known.items())
        if action.verb == "supervisor"
        for one in way.post.supervisors.get(name, ())
        for child in one.children
        if child.start and child.start[0] != name and _turn(known.get(child.start[0], Action("", "add"))) == 1
    ]


def _of_group(way: Way, group: Sequence[Action]) -> Iterator[Suggestion]:
    """The instructions of modules that each need the other as it is: their processes stand still together.

    Nobody runs the code of a process that stands still, so that the order is for the others to say.
    """
    yield from (call for one in group for call in one.before)
    if len(group) == 1:
        yield _instruction(group[0], ())
        return
    known = {one.module: _halting(way, one) for one in group}
    halted = sorted(name for name, one in known.items() if one.verb != "load")
    free = [name for name in known if name not in halted]
    wished = ((name, other) for name in free for other in halted)
    order = [name for names in groups_of(list(known), _edges(way, list(known), free), wished) for name in names]
    # Each waits for the one before it; going down OTP turns this round.
    waits = zip(order, [None, *order] if way.direction == "up" else [*order[1:], None], strict=False)
    for name, other in waits:
        yield _instruction(known[name], [other] if other and halted else [])


def _halting(way: Way, action: Action) -> Action:
    """The same, for processes that are to stand still meanwhile."""
    module = way.pre.modules[action.module]
    if action.verb != "load" or not kinds_of(module) or "supervisor" in kinds_of(module):
        return action
    return action._replace(
        verb="soft", why="its processes stand still while what it calls changes", confidence="likely"
    )


def _instruction(action: Action, deps: Sequence[str]) -> Suggestion:
    return Suggestion(_term(action, List(tuple(map(Atom, deps)))), action.why, action.confidence)


def _term(action: Action, deps: List) -> Term:
    """Processes in old code are killed when the next upgrade loads the module, and not when this one is permanent."""
    module, ends = Atom(action.module), (BRUTAL, SOFT_PURGE, deps)
    advanced = Tuple((Atom("advanced"), action.extra))
    match action.verb:
        case "add" | "delete" as verb:
            return tup(f"{verb}_module", module)
        case "load":
            return tup("load_module", module, *ends)
        case "soft":
            return tup("update", module, "soft", *ends)
        case "static":
            return tup("update", module, "static", "default", advanced, *ends)
        case "supervisor":
            long = tup("update", module, "static", "default", advanced, BRUTAL, BRUTAL, deps)
            return long if deps.items else tup("update", module, "supervisor")
    return tup("update", module, advanced, *ends)
