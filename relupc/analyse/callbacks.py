"""A module -> the functions that its behaviours call in the process: while one runs, nothing else is done there."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA
from relupc.model.code import Module, parts
from relupc.model.term import Atom

_INIT = FA("init", 1)
_SERVER = (
    *(_INIT, FA("handle_call", 3), FA("handle_cast", 2), FA("handle_info", 2)),
    *(FA("handle_continue", 2), FA("code_change", 3)),
)
_CALLBACKS: dict[str, tuple[FA, ...]] = {
    "gen_server": _SERVER,
    "Elixir.GenServer": _SERVER,
    "gen_statem": (_INIT, FA("handle_event", 4), FA("code_change", 4)),
    "gen_event": (_INIT, FA("handle_event", 2), FA("handle_call", 2), FA("handle_info", 2), FA("code_change", 3)),
    "supervisor": (_INIT,),
    "Elixir.Supervisor": (_INIT,),
}
_ENTER = {("gen_server", "enter_loop"), ("gen_statem", "enter_loop"), ("Elixir.GenServer", "enter_loop")}


def callbacks_of(module: Module) -> tuple[FA, ...]:
    """The callbacks that a module has, but for those that end the process.

    What makes a process one of a behaviour only later (`enter_loop`) may do as it likes before: there `init/1` is none.
    """
    enters = any((called.module, called.name) in _ENTER for called in module.imports)
    found = [fa for fa in _named(module) if fa in module.functions and not (enters and fa == _INIT)]
    return tuple(dict.fromkeys(found))


def _named(module: Module) -> Iterator[FA]:
    for behaviour in module.behaviours:
        yield from _CALLBACKS.get(behaviour, ())
        if behaviour == "gen_statem" and _has_state_functions(module):
            yield from sorted(fa for fa in module.exports if fa.arity == 3)


def _has_state_functions(module: Module) -> bool:
    mode = module.function("callback_mode", 0)
    return mode is not None and any(Atom("state_functions") in parts(value) for value in mode.returns)
