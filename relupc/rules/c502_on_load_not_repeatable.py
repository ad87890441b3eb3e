"""C502 on-load-not-repeatable: the `-on_load` of a module runs in an upgrade, too, beside the old module."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import MFA
from relupc.model.code import Function, Module, Result, options, origin_of
from relupc.model.codes import C502
from relupc.model.diagnostic import Diagnostic
from relupc.model.native import loads_when_loaded
from relupc.model.program import EntryCode, code_finding
from relupc.model.reach import led_to
from relupc.model.reload import reloaded
from relupc.model.spelling import module_name
from relupc.model.term import Atom, Term

ON = EntryCode
NOTE = "if it returns anything but `ok`, or fails, the module is not loaded, and the node restarts"
OK, REGISTER = Atom("ok"), MFA("erlang", "register", 2)


def check(code: EntryCode) -> Iterator[Diagnostic]:
    for _, module in reloaded(code):
        function = module.functions.get(module.on_load) if module.on_load else None
        if function is None or loads_when_loaded(module):
            continue
        reason = _reason(module, function)
        if reason:
            yield code_finding(
                module,
                C502,
                function.place,
                f"this runs again when the upgrade loads `{module_name(module.name)}`, and {reason}",
                help="make it return `ok` when what it makes is there already",
                notes=(NOTE,),
                subject=code.entry.subject(module.name),
            )


def _reason(module: Module, function: Function) -> str | None:
    """What may go wrong the second time."""
    calls = (call for one in led_to(module, [function.fa]).values() for call in one.calls)
    # What the process that runs on_load owns is gone with it; a process that it starts and gives a name to stays.
    if any(call.called == REGISTER and not _is_self(call.args[1]) for call in calls):
        return "the name that it registers is taken"
    values = [value for returned in function.returns for value in options(returned)]
    return None if values and all(value == OK for value in values) else "it may return something else than `ok`"


def _is_self(value: Term) -> bool:
    origin = origin_of(value)
    return isinstance(origin, Result) and origin.called[:2] == ("erlang", "self")
