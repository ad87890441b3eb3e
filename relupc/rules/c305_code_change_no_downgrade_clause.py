"""C305 code-change-no-downgrade-clause: a downgrade asks the newer module to make the old state of its own."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C305
from relupc.model.diagnostic import Diagnostic, Label, Subject
from relupc.model.drift import Side, drift
from relupc.model.handling import Handling, asks, handlings
from relupc.model.program import EntryCode, Program, code_finding
from relupc.model.spelling import module_name
from relupc.model.state import Conversion, State, leads_up
from relupc.rules.conversions import name_of

ON = EntryCode
DOWN = "going down OTP calls it with `{down, Vsn}` and the state of this version, before the older module is loaded"


def check(code: EntryCode) -> Iterator[Diagnostic]:
    for handling in handlings(code.entry).values() if code.entry.direction == "down" else ():
        program = asks(code, handling)
        state = program.states.get(handling.module.name) if program else None
        if program is code.new and state and leads_up(state.conversion) and _differs(code, handling, state):
            yield _said(code, handling, code.new, state.conversion)


def _differs(code: EntryCode, handling: Handling, state: State) -> bool:
    """Whether the older module has another state; where it is not at hand, whether its own state is not asked for."""
    name = handling.module.name
    if code.old is None:
        asked = {shape for shape in state.conversion.asked if shape.kind == "tuple" and shape.tag}
        own = {shape for shape in state.held if shape.kind == "tuple" and shape.tag in {one.tag for one in asked}}
        return bool(own) and state.whole and not state.conversion.open and not own & asked
    older, module, before = code.old.states.get(name), code.old.modules.get(name), code.new.modules[name]
    return older is not None and module is not None and drift(Side(before, state), Side(module, older)) is not None


def _said(code: EntryCode, handling: Handling, program: Program, conversion: Conversion) -> Diagnostic:
    module, about = program.modules[handling.module.name], code.entry.subject(handling.module.name)
    name = name_of(conversion.function)
    clause = "{:down, _vsn}" if module.name.startswith("Elixir.") else "{down, _Vsn}"
    return code_finding(
        module,
        C305,
        conversion.place,
        f"`{name}` of `{module_name(module.name)}` has no clause for `{{down, _}}`, but the downgrade calls it",
        help=f"add a clause for `{clause}` that makes the old state, in front of the others",
        notes=(DOWN,),
        labels=(Label(handling.module.span, "it is called here"),) if handling.module.span else (),
        subject=Subject(about.app, about.module, name, about.direction, about.old, about.new),
    )
