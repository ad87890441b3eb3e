"""C406 supervisor-init-side-effect: an update of a supervisor runs its `init/1` again, in the living process."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C406
from relupc.model.diagnostic import Diagnostic
from relupc.model.init_effects import asks_first, run_by_init, takes
from relupc.model.program import ModuleCode, spelled_function
from relupc.model.spelling import function_name
from relupc.rules.init_effects import unnamed

ON = ModuleCode
AGAIN = "`{update, Module, supervisor}` runs `init/1` again in the living supervisor"
FAILS = f"{AGAIN}: a name that is taken is a `badarg`, and the node restarts into the old release"
ADVICE = "do it before the supervisor is started, such as in `start/2`"


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    listed = (one.listing == "init" for one in code.program.supervisors.get(code.module.name, ()))
    functions = run_by_init(code.module) if any(listed) else []
    careful = asks_first(functions)
    for function in functions:
        for call in function.calls:
            taken = takes(call)
            effect = taken or unnamed(code, call)
            if effect and not (taken and (careful or function.catches)):
                yield code.finding(
                    C406,
                    function.fa,
                    call.place,
                    f"`{spelled_function(function.fa)}` {effect} with `{function_name(*call.called)}`",
                    help=f"{ADVICE}, or ask first whether it is there" if taken else ADVICE,
                    notes=(FAILS if taken else AGAIN,),
                    severity=None if taken else "note",
                )
