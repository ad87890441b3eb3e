"""C104 qualified-loop-may-idle: a loop through the module leaves old code with the next message, not before."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C104
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.rules.lingering import KILLED, begun, of_code, said

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for loop, _, severity in of_code(code, C104):
        yield code.finding(
            C104,
            loop.function,
            loop.block.place,
            f"{said(loop.function)} goes on through the module, but leaves old code only when a message comes",
            help="give its `receive` an `after` that goes on through the module, too",
            notes=(KILLED, *begun(loop)),
            severity=severity,
        )
