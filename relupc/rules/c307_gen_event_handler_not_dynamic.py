"""C307 gen-event-handler-not-dynamic: only an event manager that is asked for its handlers has them converted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.model.code import Module
from relupc.model.codes import C307
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode, Program
from relupc.model.spelling import module_name
from relupc.model.state import kinds_of
from relupc.model.supervision import Child
from relupc.rules.children import child_said, to_write

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    supervisors = code.program.supervisors.get(code.module.name, ())
    if not any(is_manager(child) for supervisor in supervisors for child in supervisor.children):
        return
    own = code.program.of_app(code.module.app)
    handlers = {name for name, module in own.items() if "gen_event" in kinds_of(module)}
    missed = sorted(handlers - found(code.program, own)) if handlers else []
    for supervisor in supervisors if missed else ():
        for child in supervisor.children:
            if is_manager(child) and isinstance(child.modules, tuple):
                listed = ", ".join(map(module_name, child.modules))
                dynamic = ":dynamic" if code.module.name.startswith("Elixir.") else "dynamic"
                yield code.finding(
                    C307,
                    supervisor.function,
                    supervisor.place,
                    f"{child_said(child)} is an event manager, but its `modules` are `[{listed}]`: an update of "
                    f"`{module_name(missed[0])}` does not find it",
                    help=f"write `{to_write(code.module.name, 'modules', dynamic)}` in its specification",
                    notes=("OTP asks a manager for its handlers if its `modules` are `dynamic`, and converts those",),
                )


def found(program: Program, own: Mapping[str, Module]) -> set[str]:
    """The modules that the event managers of an application list; all where one of them is asked for its handlers."""
    supervisors = (one for name in own for one in program.supervisors.get(name, ()))
    listed = [child.modules for one in supervisors for child in one.children if is_manager(child)]
    return {name for modules in listed for name in (modules if isinstance(modules, tuple) else own)}


def is_manager(child: Child) -> bool:
    return child.runs is not None and child.runs.kind == "gen_event"
