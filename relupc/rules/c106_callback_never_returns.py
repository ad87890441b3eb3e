"""C106 callback-never-returns: a server that is busy in a callback cannot be suspended, and stays in old code."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C106
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.rules.lingering import KILLED, of_code, said

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for loop, _, severity in of_code(code, C106):
        assert loop.callback, "the rule speaks only of these"
        into = "" if loop.callback == loop.function else f" in {said(loop.function)}"
        yield code.finding(
            C106,
            loop.function,
            loop.block.place,
            f"{said(loop.callback)} goes round and round{into} and never returns",
            help="do this in a process of its own, or let the server send itself a message for each round",
            notes=(
                "an `update` waits 5 seconds for it to be suspended, 5 more for it to resume, and goes on without it",
                KILLED,
            ),
            severity=severity,
        )
