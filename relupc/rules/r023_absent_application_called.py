"""R023 absent-application-called: code calls a module that no application of the release has."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.absent import absent_calls
from relupc.model.codes import R023
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.model.spelling import function_name, spell_atom

ON = ModuleCode
TOOLS = ("Elixir.Mix.", "Elixir.ExUnit.", "Elixir.IEx.")  # what packages bring along for those, and no node runs
BY_HAND = "cprof dbg debugger eprof etop fprof int lcnt msacc observer ttb"  # who calls these, looks for a bug


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    products = code.program.products
    if products is None or code.module.name.startswith(TOOLS):
        return
    for one in absent_calls(code.module, products.elsewhere):
        app = spell_atom(one.app)
        yield code.finding(
            R023,
            one.function.fa,
            one.call.place,
            f"this calls {function_name(*one.call.called)}, but the release has no {app}",
            help=f"list {app} among the applications, or leave the call out at run time",
            notes=("on a node that loads all code at its start the call ends in `undef`",),
            severity="note" if one.call.called.module in BY_HAND.split() else None,
        )
