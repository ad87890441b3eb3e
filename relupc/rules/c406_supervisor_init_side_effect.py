"""C406 supervisor-init-side-effect: an update of a supervisor runs its `init/1` again, in the living process."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA
from relupc.model.codes import C406
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode, spelled_function
from relupc.model.spelling import function_name
from relupc.rules.init_effects import named, unnamed

ON = ModuleCode
INIT = FA("init", 1)
ASKS = {("ets", "whereis"), ("ets", "info"), ("erlang", "whereis"), ("Elixir.Process", "whereis")}
AGAIN = "`{update, Module, supervisor}` runs `init/1` again in the living supervisor"
FAILS = f"{AGAIN}: a name that is taken is a `badarg`, and the node restarts into the old release"
ADVICE = "do it before the supervisor is started, such as in `start/2`"


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    init = code.module.functions.get(INIT)
    listed = (one.listing == "init" for one in code.program.supervisors.get(code.module.name, ()))
    if init is None or not any(listed):
        return
    near = (code.module.functions.get(call.called.local) for call in init.calls if call.kind == "local")
    functions = [init, *dict.fromkeys(other for other in near if other and other is not init)]
    careful = any(call.called[:2] in ASKS for function in functions for call in function.calls) or init.catches
    for function in functions:
        for call in function.calls:
            taken = named(call)
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
