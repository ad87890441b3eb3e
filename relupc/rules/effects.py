"""For A306: an entry in, what its instructions do to which module out."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from relupc.model.instruction import ABOUT_ONE, modules, name_of
from relupc.model.lint import EntryPlan
from relupc.model.term import Term, Tuple, Unknown, as_atom, is_tagged
from relupc.model.value import NamedTuple

Effect: TypeAlias = Literal["load", "add", "delete", "suspend", "convert", "static", "supervisor", "stop", "odd"]
_EFFECTS: dict[str | None, tuple[Effect, ...]] = {
    "load_module": ("load",),
    "add_module": ("load", "add"),
    "load": ("load",),
    "delete_module": ("delete",),
    "remove": ("delete",),
    "suspend": ("suspend",),
    "code_change": ("convert", "static"),
    "stop": ("stop",),
}


class Side(NamedTuple):
    """One direction of a mirror: effect -> module -> where it is written, the instruction or a module in it."""

    entry: EntryPlan
    done: dict[Effect, dict[str, Term]]

    def has(self, effect: Effect, module: str) -> bool:
        return module in self.done[effect]


def side_of(entry: EntryPlan) -> Side:
    """The effects of an entry; what is deleted and loaded counts as loaded."""
    done: dict[Effect, dict[str, Term]] = {effect: {} for effect in get_args(Effect)}
    for step in entry.steps:
        name = name_of(step.instruction)
        effects = _of(step.instruction) if name == "update" else _EFFECTS.get(name, ())
        for module in modules(step.instruction) if effects else ():
            place = step.instruction if name in ABOUT_ONE else module
            for effect in effects:
                done[effect].setdefault(module.name, place)
    for name in done["load"]:
        done["delete"].pop(name, None)
    return Side(entry, done)


def _of(instruction: Term) -> tuple[Effect, ...]:
    """The effects of an `update`."""
    items = instruction.items if isinstance(instruction, Tuple) else ()
    if len(items) != 8 or isinstance(items[2], Unknown) or isinstance(items[4], Unknown):
        return "load", "odd"  # a shape that OTP refuses, or what a script says
    mod_type, change = items[2], items[4]
    if not is_tagged(change, "advanced", 2):
        return "load", "suspend"
    if as_atom(mod_type) != "static":
        return "load", "suspend", "convert"
    return ("load", "suspend", "convert", "static", *(() if mod_type.span else ("supervisor",)))  # of the short form
