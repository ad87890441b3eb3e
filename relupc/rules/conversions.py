"""For rules about the function that converts a state: how it is called in sentences."""

from __future__ import annotations

from relupc.model.beam import FA
from relupc.model.program import ModuleCode
from relupc.model.state import Conversion


def name_of(function: FA) -> str:
    """`code_change/3`."""
    return f"{function.name}/{function.arity}"


def conversion_of(code: ModuleCode) -> Conversion | None:
    """What a module has to convert its state, if it has anything."""
    state = code.program.states.get(code.module.name)
    return state.conversion if state and state.conversion.kind != "missing" and state.conversion.place else None
