"""The modules of a build -> where their processes stay in the code that they began with (model.loop)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from relupc.analyse.blocking import BLOCKING, WAITS, is_open, receive_block, waits_forever
from relupc.analyse.callbacks import callbacks_of
from relupc.analyse.drives import DRIVING, drives_of
from relupc.analyse.entries import Where
from relupc.analyse.graph import ALL, NOWHERE, Graph, graph_of, reached
from relupc.analyse.loops import Setting, loops_of
from relupc.model.beam import FA, MFA
from relupc.model.code import Function, Module
from relupc.model.lazy import Lazy
from relupc.model.loop import Block, Pause, Staying

_SLEEP = "sleep"
_SLOW = BLOCKING | DRIVING


def staying(
    modules: Mapping[str, Module], starters: Mapping[MFA, MFA], importers: Mapping[str, Collection[str]]
) -> Mapping[str, Staying]:
    """What is to be said of each module; `starters` are the functions in which processes begin."""
    graphs = Lazy(modules, lambda name: graph_of(modules[name]))
    where = Where(modules, starters, lambda at: graphs.get(at.module, Graph()).ends.get(at.local, NOWHERE), importers)

    def one(name: str) -> Staying | None:
        module = modules[name]
        graph = graphs[name]
        entries = cache(lambda: where.entries(name))
        callbacks = cache(lambda: reached(callbacks_of(module), graph.edges(*ALL)))
        setting = Setting(module, graph, entries, callbacks)
        found = Staying(loops_of(setting), tuple(_pauses(setting)), tuple(drives_of(module, entries)))
        return found if found != Staying() else None

    return Lazy(modules, lambda name: one(name) if _may_stay(modules[name]) else None, sparse=True)


def _may_stay(module: Module) -> bool:
    """Whether anything in a module waits, or calls what may, as far as its tables and instructions tell."""
    if module.acts is None or module.imports_any(_SLOW):
        return True
    return any(one.marks & WAITS for one in module.acts.values())


def _pauses(setting: Setting) -> Iterator[Pause]:
    """Where a process waits once for whatever comes."""
    module = setting.module
    for fa in _waiting(module):
        if block := _for_ever(module.functions[fa]):
            entries = setting.entries()
            entry = entries.last.get(MFA(module.name, *fa))
            if entry and entry.module == module.name and not _goes_round(fa, setting.graph):
                yield Pause(fa, block, entries.starters[entry])


def _waiting(module: Module) -> Iterator[FA]:
    """The functions that may wait or sleep, in the order of the code."""
    if module.acts is None:
        yield from module.functions
    else:
        for fa, one in module.acts.items():
            if one.marks & WAITS or any(called.name == _SLEEP for called in one.calls):
                yield fa


def _goes_round(fa: FA, graph: Graph) -> bool:
    """Whether last acts lead from a function back to it."""
    ends = graph.ends[fa]
    return fa in reached((*ends.last, *ends.module_last), graph.edges("last", "module_last"))


def _for_ever(function: Function) -> Block | None:
    if any(is_open(wait) and wait.last for wait in function.waits):
        return receive_block(function, reply=False)
    sleeps = (call for call in function.calls if call.called.name == _SLEEP and waits_forever(call) and not call.tail)
    return next((Block("blocking", call.place or function.place, call.called, False) for call in sleeps), None)
