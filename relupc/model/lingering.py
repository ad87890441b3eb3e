"""What keeps processes in the code of a module -> which rule speaks of it, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA
from relupc.model.codes import C101, C102, C103, C104, C105, C106, C108
from relupc.model.diagnostic import Code, Severity
from relupc.model.loop import Loop
from relupc.model.program import Program
from relupc.model.value import NamedTuple


class Kept(NamedTuple):
    """A loop that keeps a process in the code of a module, the rule that speaks of it, and how bad it is."""

    loop: Loop
    code: Code
    severity: Severity


class Stay(NamedTuple):
    """A function that processes do not leave, the rule that tells why, and whether they surely come there."""

    function: FA
    code: Code
    sure: bool


def kept_in(program: Program, module: str) -> Iterator[Kept]:
    """The loops of a module that processes do not leave by themselves."""
    staying = program.staying.get(module)
    for loop in staying.loops if staying else ():
        if found := _judged(loop, module):
            yield Kept(loop, *found)


def stays(program: Program, module: str) -> Iterator[Stay]:
    """What keeps processes in old code for good: loops that do not leave even when told to, and what others drive."""
    for loop, code, severity in kept_in(program, module):
        if code in (C101, C102, C103, C106):
            yield Stay(loop.function, code, severity == "warning")
    staying = program.staying.get(module)
    for drive in staying.drives if staying else ():
        if drive.endless or drive.starter:
            yield Stay(drive.function, C108, sure=True)


def _judged(loop: Loop, module: str) -> tuple[Code, Severity] | None:
    if loop.system or loop.ends:
        return None
    if loop.callback:
        return (C106, "warning") if loop.endless and loop.turn in ("local", "inside") else None
    if loop.turn == "module" and loop.inner and loop.entry and loop.entry.module == module:
        return C103, "warning"
    if loop.entry is None or loop.inner:
        return (C101, "note") if loop.turn == "local" and loop.endless and loop.block.kind == "receive" else None
    return _of_process(loop)


def _of_process(loop: Loop) -> tuple[Code, Severity] | None:
    """The same for a loop of which it is seen that a process begins there and has nothing else left to do."""
    waits = loop.block.kind != "blocking"
    match loop.turn:
        case "local":
            return (C101 if waits else C102), "warning"
        case "inside":
            return C103, "warning"
        case "mixed":
            return (C105, "note") if waits else None
        case "module":
            return (C104, "note") if waits and not loop.block.timed else None
