"""A403 update-group-deadlock: a `code_change` calls a process that stands still until the whole group is converted."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A403
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import modules, name_of
from relupc.model.program import EntryCode, Program
from relupc.model.spelling import function_name, module_name
from relupc.model.state import Slow
from relupc.model.term import Atom

ON = EntryCode
CALLS = ("gen_server", "gen_statem", "gen_event", "Elixir.GenServer")
WAITS = "it gets no answer: after 5 seconds OTP ends the upgrade with `code_change_failed`, and the node restarts"


def check(code: EntryCode) -> Iterator[Diagnostic]:
    suspended: dict[str, Atom] = {}
    there = set[str]()
    for step in code.entry.plan or ():
        name, about = name_of(step.instruction), modules(step.instruction)
        if name == "suspend":
            suspended |= {module.name: module for module in about}
        elif name == "resume":
            for module in about:
                suspended.pop(module.name, None)
        elif name == "load":
            there |= {module.name for module in about}
        for module in about if name == "code_change" else ():
            program = code.post if module.name in there else code.pre
            state = program.states.get(module.name) if program and module.name in suspended else None
            unsure = state is not None and state.conversion.down and code.entry.direction == "down"
            calls = state.conversion.slow if state and not unsure else ()
            waits = [(slow, suspended.get(called(program, slow))) for slow in calls if program]
            yield from [_said(code, module, slow, other) for slow, other in waits if other][:1]


def called(program: Program, slow: Slow) -> str:
    """The callback module of the process that is called by name; empty if that is not known."""
    server = slow.args[0] if slow.called.module in CALLS and slow.args else None
    if not isinstance(server, Atom):
        return ""
    named = {one.name: one.module for several in program.starts.values() for one in several if one.module}
    return named.get(server) or server.name


def _said(code: EntryCode, module: Atom, slow: Slow, other: Atom) -> Diagnostic:
    itself = "itself" if other.name == module.name else f"`{module_name(other.name)}`, which is suspended with it"
    return A403.at(
        module.span,
        f"while its state is converted, `{module_name(module.name)}` calls {itself}: `{function_name(*slow.inside)}`",
        path=code.entry.appup.path,
        help="make that call before or after the upgrade, or let the modules not depend on each other",
        notes=(WAITS,),
        subject=code.entry.subject(module.name),
    )
