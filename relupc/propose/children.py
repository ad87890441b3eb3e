"""A module that lists the children of a supervisor, in two builds -> what the running supervisor has to be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relupc.model.beam import FA
from relupc.model.init_effects import taken_again
from relupc.model.inits import (
    FIELDS,
    FLAGS,
    SIMPLE,
    Moved,
    becomes_simple,
    differs,
    lists,
    perhaps_only_in,
    unlike,
)
from relupc.model.instruction import apply
from relupc.model.layout import flat
from relupc.model.program import Change
from relupc.model.proposal import Confidence, Suggestion
from relupc.model.reach import doing
from relupc.model.spelling import module_name
from relupc.model.state import SUPERVISORS
from relupc.model.supervision import Child, Supervisor
from relupc.model.term import Atom, is_known
from relupc.propose.calls import call
from relupc.propose.started import refused
from relupc.propose.way import Action, Begin, Way

INIT = FA("init", 1)
SOMETIMES = "listed in some cases only"
_Pair = tuple[Sequence[Supervisor], Sequence[Supervisor]]


def supervising(way: Way, change: Change) -> Action | None:
    """What to do about a changed module that lists children; None for any other module."""
    found = _told(way, change)
    if found and found.verb == "supervisor" and (why := _fails(way, change.module)):
        return Action(change.module, "load", why, "guess", restarts=True)
    return found


def _fails(way: Way, name: str) -> str | None:
    """Why the new `init/1` cannot be run in the supervisor that runs, if so."""
    if (given := refused(way, name)) is not None:
        return f"`{module_name(name)}` was started with `{flat(given)}`, and its new `init/1` has no clause for it"
    taken = taken_again(way.post.modules[name])
    return (
        f"an update runs `init/1` of `{module_name(name)}` again, which {taken}: that is there already"
        if taken
        else None
    )


def _told(way: Way, change: Change) -> Action | None:
    """The same, whatever its `init/1` is given."""
    before, after = lists(way.pre, change.module), lists(way.post, change.module)
    both: list[_Pair] = [(before[at], after[at]) for at in before if at in after]
    if not both:
        return _unseen(change)
    restart = next((why for pair in both if (why := _beyond(way, *pair))), None)
    if restart:
        return Action(change.module, "load", f"{restart} (`{module_name(change.module)}`)", "guess", restarts=True)
    told = any(was[0].listing == "init" and differs(was, now) is not None for was, now in both)
    stops = [stop for was, now in reversed(both) for stop in _stopped(way, was, now)]
    new = [(one, _start(was[0].registered, one)) for was, now in both for one in _started(way, was, now)]
    starts = [Begin(_runs(one.child), start) for one, start in new if start]
    why = next((said for pair in both if (said := _untold(way, *pair))), "")
    found = Action(change.module, "supervisor" if told else "load", why, "sure", tuple(stops), tuple(starts))
    return found._replace(confidence="likely") if why else found


def _untold(way: Way, was: Sequence[Supervisor], now: Sequence[Supervisor]) -> str | None:
    """What changes of a supervisor whose list is not read again, in words: it goes on as it was started."""
    if was[0].listing == "init":
        return None
    moved = {one.child.id for one in (*perhaps_only_in(was, now), *_started(way, was, now))}
    before, after = ({child.id: child for child in side[0].children if child.id not in moved} for side in (was, now))
    both = ((child, after[key]) for key, child in before.items() if key in after)
    other = next((one for one, two in both if any(map(unlike, one[:FIELDS], two[:FIELDS]))), None)
    if differs(was, now) == FLAGS:
        return "a supervisor that runs is not told of its new flags"
    return (
        f"a supervisor that runs is not told how {_said(Moved(was[0], other))} is to be started now" if other else None
    )


def _unseen(change: Change) -> Action | None:
    """A supervisor of which is not known what it lists."""
    old, new = change.old, change.new
    if old is None or new is None or not set(old.behaviours) & set(new.behaviours) & SUPERVISORS:
        return None
    if old.decoded and new.decoded and doing(old, INIT) == doing(new, INIT):
        return Action(change.module, "load")
    return Action(change.module, "supervisor", "what its `init/1` says is not known", "likely")


def _beyond(way: Way, was: Sequence[Supervisor], now: Sequence[Supervisor]) -> str | None:
    """Why a running supervisor cannot become what it is to be, if so."""
    if becomes_simple(was, now) or becomes_simple(now, was):
        return "an update makes no `simple_one_for_one` of another supervisor, nor the reverse"
    copied = next((one for one, _ in _replaced(way, was, now) if one.supervisor.strategy == SIMPLE), None)
    if copied:
        return (
            f"the copies of {_said(copied)} run on in code that is no longer theirs, and have no names to stop them by"
        )
    new = list(_started(way, was, now))
    moved = [*perhaps_only_in(was, now), *new]
    if moved and not isinstance(was[0].registered, Atom):
        return f"the supervisor of {_said(moved[0])} has no name that is known, so that nothing here can call it"
    lost = next((one for one in new if _start(was[0].registered, one) is None), None)
    if lost:
        return f"{_said(lost)} is new, and the specification to start it with is not known"
    asked = next((one for one in new if not one.always and one.supervisor.listing == "list"), None)
    return f"{_said(asked)} is new and {SOMETIMES}, so that nobody knows whether to start it" if asked else None


def _said(moved: Moved) -> str:
    known = moved.child.id
    return f"`{module_name(known.name) if isinstance(known, Atom) else flat(known)}`"


def _started(way: Way, was: Sequence[Supervisor], now: Sequence[Supervisor]) -> Iterator[Moved]:
    """The children that the supervisor does not run yet as they are to be."""
    yield from perhaps_only_in(now, was)
    yield from (new for _, new in _replaced(way, was, now))


def _replaced(way: Way, was: Sequence[Supervisor], now: Sequence[Supervisor]) -> Iterator[tuple[Moved, Moved]]:
    """The children that stay, and whose module does not: they run on in code that is deleted, or that is not theirs."""
    again = {child.id: child for child in now[0].children if child.is_id_known}
    for child in was[0].children:
        other, module = again.get(child.id), _runs(child)
        lost = module and module in way.pre.modules and _is_lost(way, module)
        if other and (lost or _is_another(child, other)):
            yield Moved(was[0], child), Moved(now[0], other)


def _runs(child: Child) -> str | None:
    return child.start[0] if child.start else None


def _is_another(child: Child, other: Child) -> bool:
    """Whether a child begins in another module: its callback module, or where neither is known that which starts it."""
    ways = [one.runs.module if one.runs else None for one in (child, other)]
    if ways == [None, None]:
        ways = [_runs(child), _runs(other)]
    return None not in ways and ways[0] != ways[1]


def _is_lost(way: Way, module: str) -> bool:
    return module not in way.post.modules


def _stopped(way: Way, was: Sequence[Supervisor], now: Sequence[Supervisor]) -> Iterator[Suggestion]:
    """What stops children. The last one goes first, as a supervisor has it: it may need those before it."""
    replaced = [one for one, _ in _replaced(way, was, now)]
    again = {one.child.id for one in replaced} if was[0].listing == "init" else ()
    places = {child.id: at for one in reversed(was) for at, child in enumerate(one.children)}
    for one in sorted((*perhaps_only_in(was, now), *replaced), key=lambda one: -places[one.child.id]):
        yield from _stop(one, again=one.child.id in again)


def _stop(moved: Moved, *, again: bool) -> Iterator[Suggestion]:
    """What stops a child; one that is told of `again` keeps its place among the others.

    OTP forgets a temporary child by itself when that ends (supervisor:do_terminate/2).
    """
    name, child = moved.supervisor.registered, moved.child
    yield call("terminate_child", name, child.id, *_certainty(moved))
    if child.restart != "temporary" and not again:
        yield call("delete_child", name, child.id)


def _certainty(moved: Moved) -> tuple[str, Confidence]:
    """Of a call about a child: one that is not there is answered with an error, and nobody looks at that."""
    return ("", "sure") if moved.always else (SOMETIMES, "likely")


def _start(name: Atom | None, moved: Moved) -> Suggestion | None:
    """An update tells a supervisor of new children, and starts none; Elixir's list is not read again at all."""
    if name is None:
        return None
    if moved.supervisor.listing == "init":
        return call("restart_child", name, moved.child.id, *_certainty(moved))
    if not is_known(moved.child.whole):
        return None
    return Suggestion(
        apply("Elixir.Supervisor", "start_child", name, moved.child.whole), "started by its name", "likely"
    )
