"""The fields of structs in two builds."""

from __future__ import annotations

from relupc.model.beam import FA
from relupc.model.layout import flat
from relupc.model.program import Program
from relupc.model.spelling import module_name, spell_atom
from relupc.model.state import State
from relupc.model.term import Atom, Map, Term
from relupc.model.value import NamedTuple

_STRUCT, _NAME = FA("__struct__", 0), Atom("__struct__")


class Fields(NamedTuple):
    """The fields of a struct that the code of one build knows, and the other does not."""

    name: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def struct(self) -> str:
        return f"`%{module_name(self.name)}{{}}`"

    @property
    def how(self) -> str:
        said = [f"{verb} {_listed(names)}" for verb, names in (("gets", self.gained), ("loses", self.lost)) if names]
        return " and ".join(said)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names[:4]) + (", ..." if len(names) > 4 else "")


def defined(program: Program, name: str) -> frozenset[Term] | None:
    """The fields of a struct as its module defines it; None where that was not looked at."""
    module = program.modules.get(name)
    function = module.functions.get(_STRUCT) if module else None
    made = function.returns[0] if function and len(function.returns) == 1 else None
    return frozenset(key for key, _ in made.pairs if key != _NAME) if isinstance(made, Map) else None


def held(program: Program, state: State) -> dict[str, frozenset[Term]]:
    """The structs that a process has for its state: name -> fields."""
    if state.held:
        return {one.tag: frozenset(one.keys) for one in state.held if one.kind == "map" and one.tag}
    asked = [one.tag for one in state.asked if one.kind == "map" and one.tag]
    return {name: fields for name in asked if (fields := defined(program, name)) is not None}


def compared(name: str, before: frozenset[Term], after: frozenset[Term]) -> Fields:
    """What differs between two sets of fields."""
    return Fields(name, _spelled(after - before), _spelled(before - after))


def _spelled(keys: frozenset[Term]) -> tuple[str, ...]:
    return tuple(sorted(spell_atom(key.name) if isinstance(key, Atom) else flat(key) for key in keys))
