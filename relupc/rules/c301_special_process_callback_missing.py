"""C301 special-process-callback-missing: `sys` calls three functions of the module that it is given."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA
from relupc.model.codes import C301
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.model.spelling import module_name
from relupc.model.term import Atom

ON = ModuleCode
# The callback, what it is for, and what becomes of a process without it.
NEEDED = (
    (FA("system_code_change", 4), "an `update` with `{advanced, _}` ends with `undef`, and the node restarts"),
    (FA("system_continue", 3), "it ends with `undef` when an upgrade resumes it"),
    (FA("system_terminate", 4), "it ends with `undef` when it is told to terminate"),
)


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for function in code.module.calling({("sys", "handle_system_msg")}):
        for call in function.calls:
            if call.called[:2] != ("sys", "handle_system_msg") or len(call.args) < 4:
                continue
            given = call.args[3]
            module = code.program.modules.get(given.name) if isinstance(given, Atom) else None
            if module is None or module.name in seen:
                continue
            seen.add(module.name)
            lacking = [(fa, why) for fa, why in NEEDED if fa not in module.exports]
            if lacking:
                names = " and ".join(f"`{fa.name}/{fa.arity}`" for fa, _ in lacking)
                yield code.finding(
                    C301,
                    function.fa,
                    call.place,
                    f"`{module_name(module.name)}` is to answer system messages, but does not export {names}",
                    help=f"export {names}",
                    notes=tuple(f"a process without `{fa.name}/{fa.arity}`: {why}" for fa, why in lacking[:2]),
                )
