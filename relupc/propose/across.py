"""The proposed appups of a release -> the same, with DepMods where a library would go back before its users."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relupc.model.calls import missing, who
from relupc.model.instruction import modules, name_of
from relupc.model.proposal import ProposedAppup, ProposedEntry, Suggestion
from relupc.model.spelling import function_name
from relupc.model.term import Atom, List, Term, Tuple
from relupc.model.value import replace
from relupc.propose.appup import Pair

_WAITED_FOR = ("load_module", "update")  # the short form of an update for a supervisor is, and waits for nothing itself


def across(appups: Sequence[ProposedAppup], pairs: Mapping[str, Sequence[Pair]]) -> tuple[ProposedAppup, ...]:
    """The appups, which are given in the order in which applications need each other.

    OTP joins them in this order, on the way down too (systools_relup), and turns round what DepMods say.
    """
    return tuple(
        appup._replace(entries=tuple(_entry(entry, appups[:at], pairs[appup.app]) for entry in appup.entries))
        for at, appup in enumerate(appups)
    )


def _entry(entry: ProposedEntry, earlier: Sequence[ProposedAppup], pairs: Sequence[Pair]) -> ProposedEntry:
    """An entry serves all bases with its old version. OTP refuses a DepMod for which one of them has no instruction."""
    bases = [pair for pair in pairs if pair.diff.old == entry.old]
    loaded = set[str].intersection(*(_loaded(earlier, pair) for pair in bases)) if earlier and bases else set[str]()
    if not loaded:
        return entry
    return entry._replace(down=tuple(_tied(one, loaded, bases[0]) for one in entry.down))


def _loaded(appups: Sequence[ProposedAppup], pair: Pair) -> set[str]:
    """The modules that have an instruction in these appups that others can wait for, on the way to the older build."""
    entries = (one for appup in appups for one in appup.entries if one.old == pair.old.apps.get(appup.app))
    told = (one.instruction for entry in entries for one in entry.down if name_of(one.instruction) in _WAITED_FOR)
    return {module.name for instruction in told for module in modules(instruction)}


def _deps(instruction: Term) -> List | None:
    last = instruction.items[-1] if isinstance(instruction, Tuple) and modules(instruction) else None
    return last if isinstance(last, List) else None


def _tied(one: Suggestion, loaded: set[str], pair: Pair) -> Suggestion:
    """The suggestion, waiting for the modules of other applications that its newer code calls and that go back."""
    deps = _deps(one.instruction)
    if deps is None:
        return one
    assert isinstance(one.instruction, Tuple), "it has DepMods"
    [module] = modules(one.instruction)
    found = dict(_called(module.name, loaded, pair))
    if not found:
        return one
    more = List((*deps.items, *(Atom(name) for name in found)))
    why = "; ".join(filter(None, (one.why, *found.values())))
    instruction = replace(one.instruction, items=(*one.instruction.items[:-1], more))
    return one._replace(
        instruction=instruction, why=why, confidence="likely" if one.confidence == "sure" else one.confidence
    )


def _called(name: str, loaded: set[str], pair: Pair) -> Iterator[tuple[str, str]]:
    """The modules, with why they have to go back later."""
    module = pair.new.modules.get(name)
    for callee, ((called, caller, _), *_) in missing(module, pair.new, pair.old).items() if module else ():
        app = pair.new.modules[callee].app
        if callee in loaded and app != pair.diff.app:
            calls = f"`{who(name, caller)}` calls `{function_name(*called)}`"
            yield callee, f"{calls}, and OTP takes {app} back before {pair.diff.app}"
