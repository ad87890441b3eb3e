"""A module that was stripped of its attributes -> the behaviours that it must have declared."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.analyse.starts import starts_of
from relupc.model.beam import FA, MFA
from relupc.model.code import Module, options
from relupc.model.state import BEHAVIOURS, by_exports
from relupc.model.term import Atom, Int, List, Map, Term, Tuple, Unknown
from relupc.model.value import replace

INIT = FA("init", 1)
_INITS = {
    MFA("Elixir.Supervisor", "init", 2): "Elixir.Supervisor",
    MFA("Elixir.Supervisor.Spec", "supervise", 2): "Elixir.Supervisor",
    MFA("Elixir.DynamicSupervisor", "init", 1): "Elixir.DynamicSupervisor",
}
_STRATEGIES = set(map(Atom, ("one_for_one", "one_for_all", "rest_for_one", "simple_one_for_one")))
_FLAGS = {Atom("strategy"), Atom("intensity"), Atom("period"), Atom("auto_shutdown")}


def inferred(module: Module) -> tuple[str, ...]:
    """The behaviours that a module shows without declaring them; empty where that is not sure.

    It is sure where the module starts itself as one (`gen_server:start_link(?MODULE, ...)`), where it has the callbacks
    that only one has, and where `init/1` returns what only a supervisor's does.
    """
    if INIT not in module.exports:
        return ()
    found = tuple(dict.fromkeys(_started(module)))
    return found or tuple(_exported(module)) or tuple(dict.fromkeys(_supervisors(module)))


def declaring(module: Module, behaviours: tuple[str, ...]) -> Module:
    """The module as if it declared these behaviours, too."""
    added = tuple(("behaviour", List((Atom(name),))) for name in behaviours)
    return replace(module, attributes=(*module.attributes, *added))


def _started(module: Module) -> Iterator[str]:
    for process in starts_of(module):
        if process.module == module.name and process.called.module in BEHAVIOURS:
            yield process.called.module


def _exported(module: Module) -> Iterator[str]:
    kind = by_exports(module.exports)
    if kind:
        yield "Elixir.GenServer" if kind == "gen_server" and module.name.startswith("Elixir.") else kind


def _supervisors(module: Module) -> Iterator[str]:
    """What `init/1` returns, or a function of the module that it ends in."""
    todo, seen = [INIT], set[FA]()
    while todo:
        at = todo.pop()
        function = module.functions.get(at)
        if function is None or at in seen:
            continue
        seen.add(at)
        for call in function.calls:
            if call.tail and call.called in _INITS:
                yield _INITS[call.called]
            elif call.tail and call.called.module == module.name:
                todo.append(call.called.local)
        if any(_is_specification(way) for value in function.returns for way in options(value)):
            yield "supervisor"


def _is_specification(way: Term) -> bool:
    """`{ok, {Flags, Specs}}` with flags of a supervisor; where it keeps to the default flags, with children."""
    match way:
        case Tuple((Atom("ok"), Tuple((Map(()), specs)))):
            return isinstance(specs, List) and any(map(_is_child, specs.items))
        case Tuple((Atom("ok"), Tuple((flags, List() | Unknown())))):
            return any(map(_is_flags, options(flags)))
    return False


def _is_flags(flags: Term) -> bool:
    match flags:
        case Map(pairs):
            return bool(pairs) and {key for key, _ in pairs} <= _FLAGS
        case Tuple((strategy, Int() | Unknown(), Int() | Unknown())):
            return strategy in _STRATEGIES
    return False


def _is_child(spec: Term) -> bool:
    return isinstance(spec, Map) and {key for key, _ in spec.pairs} >= {Atom("id"), Atom("start")}
