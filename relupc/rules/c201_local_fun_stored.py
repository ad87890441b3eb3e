"""C201 local-fun-stored: a stored fun is dead after the first upgrade of its module.

What may be gone before that (a table without a name, the process dictionary) is a note.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C201
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode, spelled_function
from relupc.rules.funs import GONE, fun_said, instead, kept, taker

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for fun in kept(code, "store"):
        yield code.finding(
            C201,
            fun.inside,
            fun.place,
            f"`{spelled_function(fun.inside)}` stores {fun_said(code.module, fun.fun)} with {taker(fun)}",
            help=instead(code.module, fun),
            notes=(GONE,),
            severity="note" if fun.brief else None,
        )
