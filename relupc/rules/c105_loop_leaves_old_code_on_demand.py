"""C105 loop-leaves-old-code-on-demand: a loop of local calls that goes on through the module now and then."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C105
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.rules.lingering import KILLED, begun, of_code, said

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for loop, _, severity in of_code(code, C105):
        yield code.finding(
            C105,
            loop.function,
            loop.block.place,
            f"{said(loop.function)} goes on by local calls, and through the module only at some messages",
            help="see to it that each upgrade sends it such a message, with an `apply` behind the load",
            notes=(KILLED, *begun(loop)),
            severity=severity,
        )
