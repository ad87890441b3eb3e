"""Events -> the rows of the picture, in the order of the applications, and what stands still from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from relupc.model.instruction import argument
from relupc.model.plan import Script
from relupc.model.spelling import module_name, spell_atom
from relupc.model.term import Atom, List, Term, Tuple
from relupc.model.timeline import Event, Mark, Row, Suspension
from relupc.view.events import called_by, read_by, started_or_stopped

_MARKS: dict[str, Mark] = {
    "load_object_code": "read",
    "load": "load",
    "remove": "remove",
    "purge": "purge",
    "suspend": "suspend",
    "resume": "resume",
    "stop": "suspend",
    "start": "resume",
}


def suspensions_of(events: Sequence[Event]) -> tuple[Suspension, ...]:
    """Which processes stand still, from which step to which; those never resumed do so to the end."""
    found, open_ = list[Suspension](), dict[str, int]()
    for event in events:
        if event.name == "suspend":
            for module in event.modules:
                if open_.setdefault(module, len(found)) == len(found):
                    found.append(Suspension(module, event.n, len(events)))
        elif event.name == "resume":
            for place in (open_.pop(module) for module in event.modules if module in open_):
                found[place] = found[place]._replace(last=event.n)
    return tuple(found)


def rows_of(
    events: Sequence[Event], suspensions: Iterable[Suspension], apps: Iterable[str], known: Mapping[str, str]
) -> tuple[Row, ...]:
    """A row for each module and each other thing done, by application; in it calls first, then by first step.

    `known` tells applications of modules, as far as the releases list them.
    """
    still: dict[str, list[tuple[int, int]]] = {}
    for one in suspensions:
        still.setdefault(one.module, []).append((one.first, one.last))
    homes = _homes(events, known)
    found: dict[tuple[str, str], list[tuple[int, Mark]]] = {}
    keys: dict[tuple[str, str], str] = {}
    for event in events:
        for app, module, label, mark in _marks(event, homes):
            found.setdefault((app, label), []).append((event.n, mark))
            keys.setdefault((app, label), module)
    order = {app: number for number, app in enumerate(dict.fromkeys((*apps, *(app for app, _ in found))))}
    ranked = sorted(found, key=lambda key: (key[0] == "", order[key[0]], bool(keys[key])))
    return tuple(
        Row(app, keys[app, label], label, tuple(found[app, label]), tuple(still.get(keys[app, label], ())))
        for app, label in ranked
    )


def verbs_of(scripts: Iterable[Script]) -> dict[str, str]:
    """What appups ask for each module, in the words of pictures; not of those for which it is several things."""
    found: dict[str, set[str]] = {}
    for script in scripts:
        for step in script.steps:
            module, verb = argument(step.instruction), _verb(step.instruction)
            if isinstance(module, Atom) and verb:
                found.setdefault(module.name, set()).add(verb)
    return {module: verb for module, verbs in found.items() if len(verbs) == 1 for verb in verbs}


def _verb(instruction: Term) -> str:
    """Of an instruction in its full form; systools_rc makes of `{update, M, supervisor}` one with these parts."""
    match instruction:
        case Tuple((Atom("add_module" | "delete_module" | "load_module" as name), *_)):
            return name.removesuffix("_module")
        case Tuple((Atom("update"), _, Atom("static"), Atom("default"), Tuple((Atom("advanced"), List(()))), _, _, _)):
            return "update supervisor"
        case Tuple((Atom("update"), *_, change, _, _, _)):
            return "update, soft" if isinstance(change, Atom) else "update, advanced"
    return ""


def _homes(events: Sequence[Event], known: Mapping[str, str]) -> dict[str, str]:
    """The application of each module: that which lists or reads it, or that of the first step for it alone."""
    read = {module: app for event in events for app, _ in read_by(event.instruction) for module in event.modules}
    homes = {**known, **read}
    for event in events:
        if len(event.modules) == 1:
            homes.setdefault(event.modules[0], event.app)
    return homes


def _marks(event: Event, homes: Mapping[str, str]) -> Iterator[tuple[str, str, str, Mark]]:
    """Application, module, label and mark of each thing that an event does."""
    mark: Mark = "code_change" if event.name.startswith("code_change") else _MARKS.get(event.name, "apply")
    if event.modules:
        for module in event.modules:
            yield homes.get(module, ""), module, module_name(module), mark
    elif call := started_or_stopped(event.instruction):
        yield event.app, "", f"({spell_atom(call[0])} {call[1]})", "apply"
    elif named := called_by(event.instruction):
        yield event.app, "", f"({module_name(named[0])}:{spell_atom(named[1])})", "apply"
    elif event.name != "point_of_no_return" and event.name not in _MARKS:
        yield event.app, "", f"({event.name})", "apply"
