"""C103 qualified-loop-not-tail: a call through the module leads to new code, but leaves something to do in the old."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import Place
from relupc.model.code import Call, Module
from relupc.model.codes import C103
from relupc.model.diagnostic import Diagnostic
from relupc.model.loop import Loop
from relupc.model.program import ModuleCode
from relupc.model.spelling import function_name
from relupc.rules.lingering import KILLED, begun, of_code, said

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for loop, _, severity in of_code(code, C103):
        label, place, advice = _said(code.module, loop)
        yield code.finding(
            C103,
            loop.function,
            place or loop.block.place,
            f"{label}: its process stays in this code as well",
            help=advice,
            notes=(KILLED, *begun(loop)),
            severity=severity,
        )


def _said(module: Module, loop: Loop) -> tuple[str, Place | None, str]:
    for member in loop.members:
        function = module.functions[member]
        call = next((one for one in function.calls if _is_inside(one, module, loop)), None)
        if call:
            name = function_name(*call.called)
            inside = "inside `try` or `catch`" if function.catches else "with something left to do"
            advice = "end the `try` before the call" if function.catches else "let the call be the last act"
            return f"{said(member)} goes on with `{name}`, but {inside}", call.place, advice
    assert loop.entry, "the rule speaks only of these"
    begins, goes = said(loop.entry.local), said(loop.function)
    return f"{begins} calls {goes}, but has something left to do", loop.block.place, "let that call be the last act"


def _is_inside(call: Call, module: Module, loop: Loop) -> bool:
    return (
        call.kind == "remote"
        and not call.tail
        and call.called.module == module.name
        and call.called.local in loop.members
    )
