"""The scripts of two entries of relups -> one script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from relupc.hops.fate import longer
from relupc.hops.group import Group, Load, Script, emitted, taken_apart
from relupc.hops.hop import Hop, contradiction, converted_twice, other_order, spanning
from relupc.hops.order import groups, settled, without_repeats
from relupc.model.diagnostic import Problems
from relupc.model.instruction import BRUTAL, POINT_OF_NO_RETURN, RESTART_EMULATOR, RESTART_NEW_EMULATOR, SOFT_PURGE
from relupc.model.term import Atom, Term, atoms, tup

_Value = TypeVar("_Value")


def composed_relup(hop: Hop, problems: Problems) -> tuple[Term, ...] | None:
    """The low-level instructions that do what both scripts do; None if there are none such, which is reported.

    Each module is loaded once, with the code of the later step. Groups that share a module become one.
    """
    first, second = (taken_apart(entry, hop, problems) for entry in (hop.first, hop.second))
    if first is None or second is None:
        return None
    restarts = first.restarts | second.restarts
    start = (RESTART_NEW_EMULATOR,) if "restart_new_emulator" in restarts else ()
    if "restart_emulator" in restarts:
        return (*start, POINT_OF_NO_RETURN, RESTART_EMULATOR)
    found = _groups(first, second, hop, problems)
    if found is None:
        return None
    late = [step for group in found for step in emitted(group, hop.direction)]
    loaded = {load.module.name for group in found for load in group.loads.values() if load.verb == "load"}
    return (*start, *_code(first, second, loaded), POINT_OF_NO_RETURN, *late)


def _code(first: Script, second: Script, loaded: set[str]) -> Iterator[Term]:
    """What is read: of each application one version, that of the later step where it has one.

    An instruction without modules stays: `release_handler_1:eval/2` adds its application to those whose code path
    moves. Left out is one whose modules are all gone, unless the later step names it: its version may not be there.
    """
    later = {name for _, names in second.code.values() for name in names}
    for app in dict.fromkeys((*first.code, *second.code)):
        vsn, own = second.code.get(app) or (first.code[app][0], ())
        earlier = first.code[app][1] if app in first.code else ()
        names = [name for name in (*(n for n in earlier if n not in later), *own) if name in loaded]
        if names or not earlier or app in second.code:
            yield tup("load_object_code", tup(app, vsn, atoms(names)))


def _groups(first: Script, second: Script, hop: Hop, problems: Problems) -> list[Group] | None:
    every = {
        f"{side} {n}": group for side, script in enumerate((first, second)) for n, group in enumerate(script.groups)
    }
    homes: dict[str, list[str]] = {}
    for key, group in every.items():
        for name in group.names:
            homes.setdefault(name, []).append(key)
    shared = [(one, other) for keys in homes.values() for one, other in pairwise(keys)]
    leader = groups(list(every), shared)
    chains = [[leader[key] for key in every if key.startswith(side)] for side in ("0", "1")]
    order, agreed = settled(list(dict.fromkeys(leader.values())), *map(without_repeats, chains))
    if not agreed:
        problems.add(other_order(hop))
    sides: dict[str, tuple[list[Group], list[Group]]] = {key: ([], []) for key in order}
    for key, group in every.items():
        sides[leader[key]][key.startswith("1")].append(group)
    found = [_merged(_joined(one), _joined(two), hop, problems) for one, two in sides.values()]
    return None if any(group is None for group in found) else [group for group in found if group]


def _joined(parts: Sequence[Group]) -> Group | None:
    """The groups of one script that the other script joins, as one."""
    if not parts:
        return None
    whole = Group(parts[0].place)
    for part in parts:
        whole.suspends |= part.suspends
        whole.before |= part.before
        whole.loads |= part.loads
        whole.after |= part.after
        whole.resumes += part.resumes
    return whole


def _merged(one: Group | None, two: Group | None, hop: Hop, problems: Problems) -> Group | None:
    """One group of two; None if there is none such, which is reported."""
    if one is None or two is None:
        return one or two
    heard = len(problems.found)
    loads = {name: _load(one, two, name, hop, problems) for name in dict.fromkeys((*one.loads, *two.loads))}
    for name in [name for name in one.loads if loads[name] and loads[name].verb == "remove"]:
        for part in (one.suspends, one.before, one.after):  # its processes go with it, as the later step has it
            part.pop(name, None)
    before, after = (_changed(one, two, part, hop, problems) for part in ("before", "after"))
    suspends = one.suspends | two.suspends
    for name in one.suspends.keys() & two.suspends.keys():
        suspends[name] = two.suspends[name][0], longer(one.suspends[name][1], two.suspends[name][1])
    resumes = dict.fromkeys(name for name in (*one.resumes, *two.resumes) if name in suspends)
    if any(d.severity == "error" for d in problems.found[heard:]):
        return None
    if not settled(list(loads), list(one.loads), list(two.loads))[1]:
        problems.add(other_order(hop))
    return Group(
        two.place,
        _sorted(suspends, one.suspends, two.suspends),
        _sorted(before, one.before, two.before),
        _sorted(loads, one.loads, two.loads),
        _sorted(after, one.after, two.after),
        tuple(settled(list(resumes), one.resumes, two.resumes)[0]),
    )


def _sorted(values: dict[str, _Value], first: Iterable[str], second: Iterable[str]) -> dict[str, _Value]:
    return {name: values[name] for name in settled(list(values), list(first), list(second))[0]}


def _load(one: Group, two: Group, name: str, hop: Hop, problems: Problems) -> Load:
    first, second = one.loads.get(name), two.loads.get(name)
    if first is None or second is None:
        found = first or second
        assert found, "it is in one of the two"
        return found
    if first.verb == "remove":
        label = f"`remove` in the first step, `{second.verb}` in the second"
        problems.add(contradiction(second.module, first.module, label, hop))
    pre, post = (
        SOFT_PURGE if a == SOFT_PURGE == b else BRUTAL for a, b in ((first.pre, second.pre), (first.post, second.post))
    )
    return Load(second.verb, second.module, pre, post, second.purged)


def _changed(one: Group, two: Group, part: str, hop: Hop, problems: Problems) -> dict[str, tuple[Atom, Term]]:
    """The code_changes on one side of the loads, of both groups."""
    first, second = (group.before if part == "before" else group.after for group in (one, two))
    elsewhere = two.after if part == "before" else two.before
    for name, (module, extra) in first.items():
        if name in elsewhere:
            label = "code_change on different sides of the load"
            problems.add(contradiction(elsewhere[name][0], module, label, hop))
        elif name in second and second[name][1] != extra:
            problems.add(converted_twice(second[name][0], module, hop))
        elif name in two.loads:
            problems.add(spanning(module, twice=name in second, hop=hop))
    for name, (module, _) in second.items():
        if name not in first and name in one.loads:
            problems.add(spanning(module, twice=False, hop=hop))
    return first | second
