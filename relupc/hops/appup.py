"""The scripts of two entries of appups -> one script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relupc.hops.fate import Clash, Fate, fate_of, instruction_of, together
from relupc.hops.hop import Hop, contradiction, converted_twice, no_order, other_order, refused, spanning, unknown
from relupc.hops.order import groups, in_order, runs, settled, without_repeats
from relupc.model.diagnostic import Problems
from relupc.model.instruction import RESTART_EMULATOR, RESTART_NEW_EMULATOR, name_of
from relupc.model.lint import EntryPlan
from relupc.model.term import Atom, Term, Tuple, is_known, tup
from relupc.model.value import dataclass, replace

_RESTARTS = ("restart_new_emulator", "restart_emulator")


@dataclass(frozen=True, slots=True)
class _Script:
    """One script taken apart: modules in its order, and whether it restarts its application or the emulator."""

    fates: dict[str, Fate]
    restarts_application: bool
    restarts: frozenset[str]


def composed_script(hop: Hop, problems: Problems) -> tuple[Term, ...] | None:
    """The instructions that do what both steps do; None if there are none such, which is reported.

    A restart of the emulator at the end loads all code anew, and one of the application all its modules: nothing else
    is left of the steps. `restart_new_emulator` comes first, and what follows it runs in the new emulator.
    """
    first, second = (_taken_apart(entry, hop, problems) for entry in (hop.first, hop.second))
    if first is None or second is None:
        return None
    restarts = first.restarts | second.restarts
    start = (RESTART_NEW_EMULATOR,) if "restart_new_emulator" in restarts else ()
    if "restart_emulator" in restarts:
        return (*start, RESTART_EMULATOR)
    if first.restarts_application or second.restarts_application:
        return (*start, tup("restart_application", hop.app or ""))
    found = _modules(first.fates, second.fates, hop, problems)
    return None if found is None else (*start, *map(instruction_of, found))


def _taken_apart(entry: EntryPlan, hop: Hop, problems: Problems) -> _Script | None:
    fates: dict[str, Fate] = {}
    restarts, own, good = set[str](), False, True
    for step in entry.steps:
        name, fate = name_of(step.instruction) or "", fate_of(step.instruction)
        if not is_known(step.instruction):
            problems.add(unknown(step.instruction, hop))
            good = False
        elif fate:
            fates[fate.module.name] = fate
        elif name in _RESTARTS:
            restarts.add(name)
        elif _restarts_own(step.instruction, hop):
            own = True
        else:
            problems.add(refused(step.instruction, name, hop))
            good = False
    return _Script(fates, own, frozenset(restarts)) if good else None


def _restarts_own(instruction: Term, hop: Hop) -> bool:
    match instruction:
        case Tuple((Atom("restart_application"), Atom(app))):
            return app == hop.app
    return False


def _modules(first: dict[str, Fate], second: dict[str, Fate], hop: Hop, problems: Problems) -> list[Fate] | None:
    found: dict[str, Fate] = {}
    gone: dict[str, tuple[str, ...]] = {}
    good = True
    for name in dict.fromkeys((*first, *second)):
        one, two = first.get(name), second.get(name)
        both = together(one, two) if one and two else one or two
        if isinstance(both, Clash):
            _report(both, one, two, hop, problems)
            good = False
        elif both is None:
            gone[name] = tuple(dict.fromkeys(dep for fate in (one, two) if fate for dep in fate.deps))
        else:
            found[name] = both
            _check_change(one, two, both, hop, problems)
    found = {name: replace(fate, deps=_deps(fate, gone)) for name, fate in found.items()}
    return _ordered(found, (first, second), hop, problems) if good else None


def _report(clash: Clash, one: Fate | None, two: Fate | None, hop: Hop, problems: Problems) -> None:
    assert one is not None, "one fate alone clashes with nothing"
    assert two is not None, "one fate alone clashes with nothing"
    if clash.kind == "conversion":
        problems.add(converted_twice(two.module, one.module, hop))
    else:
        problems.add(contradiction(two.module, one.module, clash.label, hop))


def _check_change(one: Fate | None, two: Fate | None, both: Fate, hop: Hop, problems: Problems) -> None:
    """Say where a code_change gets a state that came about before the other step. A supervisor has no such state."""
    if one and two and both.is_advanced and not both.is_supervisor:
        at = two if two.is_advanced else one
        problems.add(spanning(at.module, twice=one.is_advanced and two.is_advanced, hop=hop))


def _deps(fate: Fate, gone: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """DepMods without the module itself, and with those of a module that is gone in its place."""
    found: dict[str, None] = {}
    todo, seen = list(reversed(fate.deps)), {fate.module.name}
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            if name in gone:
                todo += reversed(gone[name])
            else:
                found[name] = None
    return tuple(found)


def _ordered(
    found: dict[str, Fate], steps: Sequence[dict[str, Fate]], hop: Hop, problems: Problems
) -> list[Fate] | None:
    """The fates group by group, as OTP emits them, each group where both steps have it."""
    names = list(found)
    if not names:
        return []
    if _in_circles(found) and not any(map(_in_circles, steps)):
        problems.add(no_order(found[names[-1]].module, hop))
        return None
    group = groups(names, _pairs(found))
    first, second = ([group[name] for run in _runs(step) for name in run if name in group] for step in steps)
    leaders = list(dict.fromkeys(group.values()))
    order, agreed = settled(leaders, without_repeats(first), without_repeats(second))
    if not agreed:
        problems.add(other_order(hop))
    place = {leader: n for n, leader in enumerate(order)}
    names = in_order(names, [list(step) for step in steps]) or names  # within a group DepMods decide
    return [found[name] for name in sorted(names, key=lambda name: place[group[name]])]


def _runs(step: dict[str, Fate]) -> list[list[str]]:
    return runs(list(step), groups(list(step), _pairs(step)))


def _pairs(fates: dict[str, Fate]) -> Iterator[tuple[str, str]]:
    return ((name, dep) for name, fate in fates.items() for dep in fate.deps)


def _in_circles(fates: dict[str, Fate]) -> bool:
    """Whether DepMods lead back to where they start."""
    return in_order(list(fates), [pair for pair in _pairs(fates) if pair[0] != pair[1]]) is None
