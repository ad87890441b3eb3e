"""For A306: two directions in, the modules that both load, but only one converts or suspends, out."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.call import called, child_of
from relupc.model.codes import A306
from relupc.model.diagnostic import Diagnostic, Fix, Label
from relupc.model.edit import replaced
from relupc.model.term import Term, Tuple
from relupc.rules.effects import Effect, Side
from relupc.rules.spelled import spelled

# What is not done on one side, and what is done on the other.
STATE = ("its state is not converted", "its state is converted")
CHILDREN = ("its child specifications stay as they are", "its child specifications are replaced")
SAME: tuple[Effect, ...] = ("suspend", "convert", "static")  # where these are, nothing differs
PROCESSES = ("its processes are not suspended", "its processes are suspended")


def differing(here: Side, there: Side) -> Iterator[Diagnostic]:
    """Modules for which less is done `here` than `there`; a process that is stopped needs no conversion."""
    if all(here.done[effect].keys() == there.done[effect].keys() for effect in SAME):
        return
    children = (child_of(called(step.instruction)) for step in here.entry.named.get("apply", ()))
    stops = any(child and child.verb == "terminate" for child in children)
    for module, place in here.done["load"].items():
        if not there.has("load", module) or here.has("odd", module) or there.has("odd", module):
            continue
        if here.has("stop", module):
            continue
        if there.has("convert", module) and not _converts(module, here, there):
            words = CHILDREN if there.has("supervisor", module) else STATE
            yield _less(module, here, there, "convert", words, place, note=stops)
        elif there.has("suspend", module) and not here.has("suspend", module):
            yield _less(module, here, there, "suspend", PROCESSES, place, note=True)


def _converts(module: str, here: Side, there: Side) -> bool:
    """A supervisor is told its children by code that is loaded already: going down, only a static update is."""
    static = here.has("static", module) or here.entry.direction == "up" or not there.has("supervisor", module)
    return here.has("convert", module) and static


def _less(
    module: str, here: Side, there: Side, effect: Effect, words: tuple[str, str], place: Term, *, note: bool
) -> Diagnostic:
    other = there.done[effect][module]
    back = " back" if words is STATE and here.entry.direction == "down" else ""
    text = spelled(other, here) if isinstance(other, Tuple) else None
    return A306.at(
        place.span,
        f"going {here.entry.direction}, {words[0]}{back}",
        labels=(Label(other.span, f"going {there.entry.direction}, {words[1]}"),) if other.span else (),
        help=f"write `{text}`" if text else f"do the same going {here.entry.direction}",
        subject=here.entry.subject(module),
        severity="note" if note else None,
        fix=Fix(f"write `{text}`", replaced(place, text), safe=False) if text and isinstance(place, Tuple) else None,
    )
