"""A202 apply-result-ignored: what a call returns is dropped, and these functions return an error and do not raise."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.call import Call, called
from relupc.model.codes import A202
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.lint import EntryPlan
from relupc.model.spelling import module_name, spell_atom

ON = EntryPlan
CHILDREN = frozenset({"start_child", "restart_child", "terminate_child", "delete_child"})
STARTS = frozenset({"start", "ensure_started", "ensure_all_started", "load"})
RETURN_ERRORS = {
    "supervisor": CHILDREN,
    "Elixir.Supervisor": CHILDREN,
    "Elixir.DynamicSupervisor": CHILDREN,
    "Elixir.Task.Supervisor": CHILDREN,
    "application": STARTS,
    "Elixir.Application": STARTS,
    "ets": frozenset({"tab2file", "file2tab", "insert_new"}),
}
NEVER = frozenset({"native_name_encoding", "stream"})  # of file and File: no error to return
SHOWN = 3


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    all_calls = (called(step.instruction) for step in entry.steps)
    calls = [call for call in all_calls if call and _returns_errors(call, entry.appup.app)]
    if calls:
        first, *others = calls
        more = f", as in {len(others)} calls below" if len(others) > SHOWN else ""
        places = ((call.function.span, f"one of `{_said(call)}` too") for call in others[:SHOWN])
        yield A202.at(
            first.function.span,
            f"an error that `{_said(first)}` returns goes unnoticed{more}",
            labels=tuple(Label(span, text) for span, text in places if span),
            help="call a function of your own that raises, where this must not fail",
            notes=("OTP drops what a call returns; a call that raises after the point of no return restarts the node",),
            subject=entry.subject(),
        )


def _said(call: Call) -> str:
    if call.module.name.startswith("Elixir."):
        return f"{module_name(call.module.name)}.{call.function.name}"
    return f"{spell_atom(call.module.name)}:{spell_atom(call.function.name)}"


def _returns_errors(call: Call, app: str) -> bool:
    module, function = call.module.name, call.function.name
    if module in ("file", "Elixir.File"):
        return not function.endswith(("!", "?")) and function not in NEVER
    if not app and module == "application":
        return False  # in a relup, where systools writes these
    return function in RETURN_ERRORS.get(module, ())
