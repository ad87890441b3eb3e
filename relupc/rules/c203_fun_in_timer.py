"""C203 fun-in-timer: a timer goes on calling a fun whose code is gone. What comes once only is a note."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C203
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode, spelled_function
from relupc.rules.funs import GONE, fun_said, kept, taker

ON = ModuleCode
REPEATED = (
    "after an upgrade of the module each call fails with `badfun`, in a process of its own, and the timer goes on"
)


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for fun in kept(code, "timer"):
        yield code.finding(
            C203,
            fun.inside,
            fun.place,
            f"`{spelled_function(fun.inside)}` gives {fun_said(code.module, fun.fun)} to {taker(fun)}",
            help="give the timer an exported function: module, name and arguments",
            notes=(GONE if fun.brief else REPEATED,),
            severity="note" if fun.brief else None,
        )
