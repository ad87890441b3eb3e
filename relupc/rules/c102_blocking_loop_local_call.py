"""C102 blocking-loop-local-call: a process that sleeps, or waits for a socket, in a loop of local calls."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C102
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.model.spelling import function_name
from relupc.rules.lingering import KILLED, begun, of_code, said, through

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for loop, _, severity in of_code(code, C102):
        call = f"`{function_name(*loop.block.called)}`" if loop.block.called else "a `receive` that takes no message"
        yield code.finding(
            C102,
            loop.function,
            loop.block.place,
            f"{said(loop.function)} waits in {call} and goes on by a local call: its process never leaves this code",
            help=f"{through(code.module, loop.function)}, as the last act",
            notes=(KILLED, *begun(loop)),
            severity=severity,
        )
