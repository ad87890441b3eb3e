"""C303 code-change-bad-return: OTP takes `{ok, State}`, of a state machine `{ok, Name, Data}`; all else is failure."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.code import Argument, origin_of
from relupc.model.codes import C303
from relupc.model.diagnostic import Diagnostic
from relupc.model.elixir import in_elixir
from relupc.model.program import ModuleCode
from relupc.model.state import CONVERTERS
from relupc.model.term import Term, is_known
from relupc.model.typed import typed
from relupc.rules.conversions import conversion_of, name_of

ON = ModuleCode
ENDS = "OTP ends the upgrade with `code_change_failed`, and the node restarts"
ROOM = 40


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    conversion = conversion_of(code)
    if conversion is None:
        return
    name = name_of(conversion.function)
    elixir = code.module.name.startswith("Elixir.")
    wanted = _wanted(elixir=elixir, machine=conversion.function == CONVERTERS["gen_statem"])
    always = conversion.kind == "refuses"
    if conversion.wrong:
        yield code.finding(
            C303,
            conversion.function,
            conversion.place,
            f"`{name}` {'returns' if always else 'may return'} {_said(conversion.wrong[0], wanted, elixir=elixir)}",
            help=f"return `{wanted}`",
            notes=(ENDS,),
            severity=None if always else "warning",
        )
    elif always:
        label = f"`{name}` never succeeds, so that no update of this module with `{{advanced, _}}` can"
        yield code.finding(C303, conversion.function, conversion.place, label, notes=(ENDS,), severity="note")


def _wanted(*, elixir: bool, machine: bool) -> str:
    """What OTP takes, as the language of the module writes it."""
    if elixir:
        return "{:ok, name, data}" if machine else "{:ok, state}"
    return "{ok, Name, Data}" if machine else "{ok, State}"


def _said(value: Term, wanted: str, *, elixir: bool) -> str:
    """What is returned, in a sentence."""
    if isinstance(origin_of(value), Argument):
        return "the state by itself"
    text = (in_elixir(value) if elixir else typed(value)) if is_known(value) else ""
    return f"`{text}`" if text and len(text) < ROOM else f"something else than `{wanted}`"
