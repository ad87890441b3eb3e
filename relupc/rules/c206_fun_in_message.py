"""C206 fun-in-message: a message that waits while the module is replaced carries a fun that fails."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C206
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode, spelled_function
from relupc.rules.funs import fun_said, instead, kept, taker

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for fun in kept(code, "message"):
        yield code.finding(
            C206,
            fun.inside,
            fun.place,
            f"`{spelled_function(fun.inside)}` sends {fun_said(code.module, fun.fun)} with {taker(fun)}",
            help=instead(code.module, fun),
            notes=("if an upgrade of the module comes before the fun is called, it fails with `badfun`",),
        )
