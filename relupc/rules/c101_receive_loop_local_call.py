"""C101 receive-loop-local-call: a process that waits in a loop of local calls never leaves the code it began with."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C101
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.rules.lingering import KILLED, begun, of_code, said, through

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for loop, _, severity in of_code(code, C101):
        called = loop.block.called
        where = f"in {said(called.local)}" if called else "for messages"
        more = "" if loop.block.timed else ", and give its `receive` an `after`"
        yield code.finding(
            C101,
            loop.function,
            loop.block.place,
            f"{said(loop.function)} waits {where} and goes on by a local call: its process never leaves this code",
            help=f"{through(code.module, loop.function)}, as the last act{more}",
            notes=(KILLED, *begun(loop)),
            severity=severity,
        )
