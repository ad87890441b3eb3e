"""Parts of a timeline in, words for people out: what a step is about, what caused it, what stands still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from relupc.model.instruction import argument
from relupc.model.layout import flat, spell_atom
from relupc.model.spelling import MOST, listed, module_name
from relupc.model.term import Atom, Int, List, Term, Tuple, as_atom, as_list, as_string
from relupc.model.timeline import Cause, Event, Reason, Suspension, Timeline
from relupc.report.printable import shorten

_LONGEST = 200  # characters of a term
_SHORT_PURGE = {"brutal_purge": "brutal", "soft_purge": "soft"}


def what(event: Event, most: int = MOST) -> str:
    """What a step is about; of a list the first `most` names."""
    about = argument(event.instruction)
    match event.instruction:
        case Tuple((Atom("load_object_code"), Tuple((app, vsn, _)))):
            version = as_string(vsn) or flat(vsn)
            return f"{_atom(app)} {version}: {listed(map(module_name, event.modules), most)}"
        case Tuple((Atom("load" | "remove"), Tuple((module, pre, post)))):
            return _atom(module) + _purges(pre, post)
        case Tuple((Atom("suspend"), _)):
            return listed(_suspended(about), most)
        case Tuple((Atom("code_change"), *_, changes)):
            return listed(_changed(changes), most)
        case Tuple((Atom("apply"), Tuple((module, function, args)))):
            return f"{_atom(module)}:{_atom(function, bare=True)}({_arguments(args)})"
        case Tuple((Atom("sync_nodes"), name, nodes)):
            return shorten(f"{flat(name)}: {flat(nodes)}", _LONGEST)
    return listed(map(module_name, event.modules), most)


def because(causes: Sequence[Cause], most: int = MOST) -> str:
    """`shop.appup:4-7, store.appup:3`: words, and the lines of each text."""
    words = list(dict.fromkeys(cause.words for cause in causes if cause.source is None))
    lines: dict[str, set[int]] = {}
    for cause in causes:
        if cause.source is not None:
            lines.setdefault(base_name(cause.source.path), set()).add(cause.line)
    return listed([*words, *(f"{name}:{_lines(numbers, most)}" for name, numbers in lines.items())], most)


def restarts(timeline: Timeline) -> str:
    """`nothing restarts`, or what does, or that processes are stopped."""
    reasons = timeline.verdict.reasons
    if any(reason.kind == "emulator" for reason in reasons):
        return "the emulator restarts"
    count = sum(reason.kind == "application" for reason in reasons)
    if count:
        return f"{count} application{'s restart' if count > 1 else ' restarts'}"
    return "processes are stopped" if any(reason.stops for reason in reasons) else "nothing restarts"


def said(reason: Reason) -> str:
    """A reason in a line: `risk: it calls ... (step 7) [A401]`."""
    step = f" (step {reason.step})" if reason.step else ""
    code = f" [{reason.code}]" if reason.code else ""
    return f"{reason.kind}: {reason.text}{step}{code}"


def stretches(suspensions: Iterable[Suspension], most: int = MOST) -> list[str]:
    """`shop_cart, store_db in steps 8-15`: those that stand still together, together."""
    found: dict[tuple[int, int], list[str]] = {}
    for one in suspensions:
        found.setdefault((one.first, one.last), []).append(module_name(one.module))
    return [f"{listed(names, most)} in steps {first}-{last}" for (first, last), names in found.items()]


def version_of(app: str, timeline: Timeline) -> str:
    """`1.4.0`, `1.0.0, new` or `2.0.0, removed`: the version that an application gets; empty if it is not known."""
    for change in timeline.apps:
        if change.name == app:
            known = timeline.release  # a relup alone says only what is read
            new = ", new" if known and change.old is None else ""
            return f"{change.new}{new}" if change.new is not None else f"{change.old}, removed"
    return ""


def base_name(path: str) -> str:
    """The last part of a path."""
    return path.rpartition("/")[2]


def _atom(term: Term, *, bare: bool = False) -> str:
    name = as_atom(term)
    return flat(term) if name is None else spell_atom(name) if bare else module_name(name)


def _purges(pre: Term, post: Term) -> str:
    """What is purged how, where that is not the usual brutal way."""
    names = [as_atom(term) or flat(term) for term in (pre, post)]
    if names == ["brutal_purge", "brutal_purge"]:
        return ""
    before, after = (_SHORT_PURGE.get(name, name) for name in names)
    return f" (purge: {before} before, {after} after)"


def _suspended(about: Term | None) -> Iterator[str]:
    for item in as_list(about or List(())) or ():
        match item:
            case Tuple((module, Int(milliseconds))):
                yield f"{_atom(module)} (up to {milliseconds} ms)"
            case Tuple((module, timeout)):
                yield f"{_atom(module)} ({flat(timeout)})"
            case _:
                yield _atom(item)


def _changed(changes: Term) -> Iterator[str]:
    for item in as_list(changes) or ():
        match item:
            case Tuple((module, extra)):
                yield f"{_atom(module)} {shorten(flat(extra), _LONGEST)}"
            case _:
                yield flat(item)


def _arguments(args: Term) -> str:
    items = as_list(args)
    text = flat(args) if items is None else ", ".join(flat(item) for item in items)
    return shorten(text, _LONGEST)


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers, as stretches of neighbours."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def stretch(first: int, last: int) -> str:
    """`4-7`, or `4`."""
    return f"{first}-{last}" if last > first else str(first)


def _lines(numbers: Iterable[int], most: int) -> str:
    """`4-7,9`: of many stretches the first ones, then `...`."""
    found = ranges(numbers)
    return ",".join(stretch(*one) for one in found[:most]) + (",..." if len(found) > most else "")
