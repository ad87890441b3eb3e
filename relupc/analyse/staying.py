"""The modules of a build -> where their processes stay in the code that they began with (model.loop)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from relupc.analyse.blocking import BLOCKING, is_open, receive_block, waits_forever
from relupc.analyse.callbacks import callbacks_of
from relupc.analyse.drives import DRIVING, drives_of
from relupc.analyse.entries import Where
from relupc.analyse.graph import Graph, cycles, graph_of, merged, reached
from relupc.analyse.loops import Setting, loops_of
from relupc.analyse.onward import HIBERNATES
from relupc.model.beam import FA, MFA
from relupc.model.code import Acts, Function, Module
from relupc.model.lazy import Lazy
from relupc.model.loop import Block, Pause, Staying

_PAUSING = {called for called in BLOCKING if called[1] == "sleep"} | DRIVING
_MAKE = {"make_fun2", "make_fun3"}
_WAITS = {"wait", "wait_timeout"}


def staying(modules: Mapping[str, Module], starters: Mapping[MFA, MFA]) -> Mapping[str, Staying]:
    """What is to be said of each module; `starters` are the functions in which processes begin."""
    graphs = Lazy(modules, lambda name: graph_of(modules[name]))
    where = Where(modules, starters, cache(lambda at: _alone(modules.get(at.module), at)))

    def one(name: str) -> Staying | None:
        module = modules[name]
        if not _may_stay(module):
            return None
        graph = graphs[name]
        entries = where.entries(name)
        called = merged(graph.last, graph.inner, graph.module_last, graph.module_inner)
        setting = Setting(module, graph, entries, reached(callbacks_of(module), called))
        found = Staying(loops_of(setting), tuple(_pauses(setting)), tuple(drives_of(module, entries)))
        return found if found != Staying() else None

    return Lazy(modules, one, sparse=True)


def _alone(module: Module | None, function: MFA) -> Graph:
    """The calls of a function by itself: most modules in which processes begin need no look as a whole."""
    return graph_of(module, function.local) if module else Graph()


def _may_stay(module: Module) -> bool:
    """Whether anything in a module waits, or goes round and calls what may, as far as its instructions tell."""
    acts = module.acts
    if acts is None or module.imports_any(_PAUSING):
        return True
    if any(one.marks & _WAITS for one in acts.values()):
        return True
    return module.imports_any(BLOCKING) and _may_loop(module.name, acts)


def _may_loop(module: str, acts: Mapping[FA, Acts]) -> bool:
    """Whether a way round may lead to a call that blocks. What makes a fun, or hibernates, may lead anywhere."""
    blocking = {fa for fa, one in acts.items() if any(called[:2] in BLOCKING for called in one.calls)}
    edges = {}
    for fa, one in acts.items():
        anywhere = one.marks & _MAKE or one.calls & HIBERNATES
        local = (called.local for called in one.calls if called.module == module)
        edges[fa] = list(acts) if anywhere else [end for end in local if end in acts]
    return any(blocking & reached(group, edges).keys() for group in cycles(edges, acts))


def _pauses(setting: Setting) -> Iterator[Pause]:
    """Where a process waits once for whatever comes."""
    module, graph, entries = setting.module, setting.graph, setting.entries
    round_and_round = {fa for group in cycles(merged(graph.last, graph.module_last), module.functions) for fa in group}
    for fa, function in module.functions.items():
        entry = entries.last.get(MFA(module.name, *fa))
        if entry and entry.module == module.name and fa not in round_and_round and (block := _for_ever(function)):
            yield Pause(fa, block, entries.starters[entry])


def _for_ever(function: Function) -> Block | None:
    if any(is_open(wait) and wait.last for wait in function.waits):
        return receive_block(function, reply=False)
    sleeps = (call for call in function.calls if call.called.name == "sleep" and waits_forever(call) and not call.tail)
    return next((Block("blocking", call.place or function.place, call.called, False) for call in sleeps), None)
