"""C207 fun-in-process-state: a process outlives the fun that it keeps.

It is a note where `code_change` makes another state, and for funs that come into the state later, often for a moment.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C207
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode, spelled_function
from relupc.rules.conversions import conversion_of
from relupc.rules.funs import GONE, fun_said, instead, kept

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    conversion = conversion_of(code)
    made_anew = conversion is not None and conversion.kind == "converting"
    for fun in kept(code, "state"):
        yield code.finding(
            C207,
            fun.inside,
            fun.place,
            f"`{spelled_function(fun.inside)}` puts {fun_said(code.module, fun.fun)} into the state",
            help=instead(code.module, fun),
            notes=(GONE,),
            severity="note" if fun.brief or made_anew else None,
        )
