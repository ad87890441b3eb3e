"""A module -> the loops of other modules that it drives with a fun of its own (model.loop.Drive)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from relupc.analyse.blocking import within
from relupc.analyse.entries import Entries
from relupc.model.beam import MFA
from relupc.model.code import Call, Function, LocalFun, Module, local_funs
from relupc.model.loop import Block, Drive

_DRIVERS = {
    "lists": (
        *("foreach", "map", "foldl", "foldr", "mapfoldl", "mapfoldr", "filter", "filtermap", "flatmap", "all", "any"),
        *("partition", "takewhile", "dropwhile", "search", "zipwith", "zipwith3"),
    ),
    "maps": ("foreach", "map", "fold", "filter", "filtermap"),
}
_ELIXIR = ("Elixir.Enum", "Elixir.Stream")
_STREAM = "Elixir.Stream"
_ENDLESS = ("repeatedly", "interval", "cycle", "iterate")
# What goes through all of a stream, and what may stop early.
_WHOLE = {(_STREAM, "run"), ("Elixir.Enum", "each"), ("Elixir.Enum", "reduce")}
# What may take long by design; a request to another process, or a line of a file, is soon there.
_SLOW = {
    ("timer", "sleep"),
    ("Elixir.Process", "sleep"),
    ("gen_tcp", "accept"),
    ("gen_tcp", "recv"),
    ("gen_udp", "recv"),
    ("ssl", "transport_accept"),
    ("ssl", "recv"),
}
DRIVING = frozenset((*_SLOW, *((_STREAM, name) for name in _ENDLESS)))  # what drives_of needs to say anything
_STOPS = ("take", "take_while", "take_every", "zip", "zip_with", "find", "at", "reduce_while", "split", "any?", "all?")


def drives_of(module: Module, entries: Callable[[], Entries]) -> Iterator[Drive]:
    """The calls that go through many values with a fun of this module that blocks, or without end."""
    for function in _driving(module):
        endless = _is_endless(function)
        found = []
        for call in function.calls:
            for fun in _driven(call):
                block = _block(fun, module)
                if block or endless:
                    starter = _starter(MFA(module.name, *function.fa), entries())
                    found.append(Drive(function.fa, call.called, fun.function, block, call.place, endless, starter))
        if endless and found:  # steps of one stream: what goes through it comes last
            others = dict.fromkeys(drive.driver for drive in found[:-1] if drive.driver != found[-1].driver)
            found = [found[-1]._replace(others=tuple(others))]
        yield from found


def _driving(module: Module) -> Iterator[Function]:
    """The functions that may drive a loop, if anything in the module may block or never end."""
    if module.acts is None:
        yield from module.functions.values()
    elif module.imports_any(DRIVING):
        for fa, one in module.acts.items():
            if any(map(_drives, one.calls)):
                yield module.functions[fa]


def _starter(function: MFA, entries: Entries) -> MFA | None:
    entry = entries.last.get(function)
    return entries.starters[entry] if entry else None


def _drives(called: MFA) -> bool:
    return called.name in _DRIVERS.get(called.module, ()) or called.module in _ELIXIR


def _driven(call: Call) -> Iterator[LocalFun]:
    if _drives(call.called):
        for arg in call.args:
            yield from local_funs(arg)


def _block(fun: LocalFun, module: Module) -> Block | None:
    function = module.functions.get(fun.function)
    for near in within([function], module, 2) if function else ():
        for call in near.calls:
            if (call.called.module, call.called.name) in _SLOW:
                return Block("blocking", call.place or near.place, call.called, False)
    return None


def _is_endless(function: Function) -> bool:
    """Whether a function makes a stream without end, and goes through the whole of it."""
    called = [(call.called.module, call.called.name) for call in function.calls]
    made = any(module == _STREAM and name in _ENDLESS for module, name in called)
    stops = any(module in _ELIXIR and name in _STOPS for module, name in called)
    return made and not stops and bool(_WHOLE & set(called))
