"""A404 supervisor-suspended-by-hand: OTP looks for processes at each `suspend`, and asks every supervisor then."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A404
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import modules, name_of
from relupc.model.program import EntryCode
from relupc.model.spelling import module_name
from relupc.model.state import SUPERVISORS
from relupc.model.term import Atom
from relupc.model.typed import typed

ON = EntryCode


def check(code: EntryCode) -> Iterator[Diagnostic]:
    suspended: dict[str, Atom] = {}
    for step in code.entry.plan or ():
        name, about = name_of(step.instruction), modules(step.instruction)
        if name in ("suspend", "stop"):
            place = about[0].span or step.instruction.span if about else step.instruction.span
            for module in suspended.values():
                yield A404.at(
                    module.span,
                    f"`{module_name(module.name)}` is a supervisor, and still suspended at the next `{name}`",
                    labels=(Label(place, "OTP asks every supervisor for its children here"),) if place else (),
                    help=f"write `{{update, {typed(module)}, supervisor}}`, or resume it before",
                    notes=(
                        "OTP does not ask a suspended one: it gives up, and the node restarts into the old release",
                    ),
                    subject=code.entry.subject(module.name),
                )
            suspended = {}
        if name == "suspend":
            suspended = {module.name: module for module in about if is_supervisor(code, module.name)}
        elif name == "resume":
            suspended = {key: module for key, module in suspended.items() if key not in {one.name for one in about}}


def is_supervisor(code: EntryCode, name: str) -> bool:
    known = code.pre.modules.get(name) if code.pre else code.new.modules.get(name)
    return known is not None and bool(SUPERVISORS & set(known.behaviours))
