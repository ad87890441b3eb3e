"""The `init/1` of a supervisor, which an update runs again -> the names that it takes, and that are taken by then."""

from __future__ import annotations

from relupc.model.beam import FA
from relupc.model.code import Call, Function, Module
from relupc.model.spelling import module_name
from relupc.model.term import Atom, as_list

INIT = FA("init", 1)
_ASKS = {("ets", "whereis"), ("ets", "info"), ("erlang", "whereis"), ("Elixir.Process", "whereis")}


def run_by_init(module: Module) -> list[Function]:
    """`init/1`, and the functions of the module that it calls."""
    init = module.functions.get(INIT)
    if init is None:
        return []
    near = (module.functions.get(call.called.local) for call in init.calls if call.kind == "local")
    return [init, *dict.fromkeys(other for other in near if other and other is not init)]


def asks_first(functions: list[Function]) -> bool:
    """Whether these look whether a name is taken, or `init/1` catches what happens if it is."""
    asks = any(call.called[:2] in _ASKS for function in functions for call in function.calls)
    return asks or any(function.catches for function in functions[:1])


def taken_again(module: Module) -> str | None:
    """What `init/1` takes a name for without a look whether it is taken, in words."""
    functions = run_by_init(module)
    if asks_first(functions):
        return None
    calls = (call for function in functions if not function.catches for call in function.calls)
    return next((taken for call in calls if (taken := takes(call))), None)


def takes(call: Call) -> str | None:
    """What a call takes a name for, if that name can only be taken once."""
    match call.called[:2], call.args:
        case ("ets", "new"), (name, options) if Atom("named_table") in (as_list(options) or ()):
            return (
                f"creates the table `{module_name(name.name)}`" if isinstance(name, Atom) else "creates a named table"
            )
        case (("erlang" | "Elixir.Process"), "register"), (one, other):
            name = other if call.called.module == "Elixir.Process" else one
            return f"registers the name `{module_name(name.name)}`" if isinstance(name, Atom) else "registers a name"
    return None
