"""C204 fun-as-handler: handlers and filters are kept for long, and left out or taken away when they fail."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C204
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode, spelled_function
from relupc.rules.funs import GONE, fun_said, instead, kept, taker

ON = ModuleCode
FAILING = {
    "logger": "OTP removes a filter that fails: after an upgrade of the module it is gone with the first event",
    "telemetry": "a handler that fails is detached: after an upgrade of the module it is gone with the first event",
}


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for fun in kept(code, "handler"):
        yield code.finding(
            C204,
            fun.inside,
            fun.place,
            f"`{spelled_function(fun.inside)}` gives {fun_said(code.module, fun.fun)} to {taker(fun)}",
            help=instead(code.module, fun, tuples=False),
            notes=(FAILING.get(fun.called.module, GONE),),
        )
