"""C107 process-waits-once-forever: a process that only waits for its end is in old code after an upgrade."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C107
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.model.spelling import function_name
from relupc.rules.lingering import KILLED, said

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    staying = code.program.staying.get(code.module.name)
    for pause in staying.pauses if staying else ():
        sleeps = pause.block.called
        yield code.finding(
            C107,
            pause.function,
            pause.block.place,
            f"a process of `{function_name(*pause.starter)}` waits in {said(pause.function)} for its end",
            help=(
                f"let `{function_name(*sleeps)}` be the last thing that the process does, or make it a `gen_server`"
                if sleeps
                else "make it a `gen_server`, which waits outside of this module, or give the `receive` an `after`"
            ),
            notes=(KILLED,),
        )
