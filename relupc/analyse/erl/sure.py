"""What was found of the loops of a module of which not every function was read -> what holds whatever the others do."""

from __future__ import annotations

from relupc.analyse.callbacks import callbacks_of
from relupc.analyse.erl import Bounds
from relupc.analyse.graph import ALL, graph_of, reached
from relupc.model.beam import FA
from relupc.model.code import Module
from relupc.model.loop import Loop, Staying
from relupc.model.value import replace


def sure(module: Module, found: Staying) -> Staying:
    """Without loops that a function which was not read may leave, go on through, answer system messages for, or start.

    Functions that were not read have no place.
    """
    unread = {fa for fa, function in module.functions.items() if not function.place}
    calls = graph_of(module).edges(*ALL)

    def is_read(*functions: FA) -> bool:
        return not unread & reached(functions, calls).keys()

    def is_sure(loop: Loop) -> bool:
        started_so = not unread or (not callbacks_of(module) and not (loop.turn == "module" and loop.inner))
        return started_so and is_read(*loop.members)

    pauses = tuple(pause for pause in found.pauses if is_read(pause.function))
    return replace(found, loops=tuple(filter(is_sure, found.loops)), pauses=pauses)


def agreed(module: Bounds, least: Staying, most: Staying) -> Staying:
    """The loops that a module surely has, if no more of its code is there than may be: that may lead out of them.

    One that goes on in another way there is none of them. A call that does not return may be compiled as the last act,
    so neither is one that waits in such a helper, nor one that has another way round if such calls count as well.
    """
    others = {loop.function: loop for loop in most.loops}
    pairs = ((each, others[each.function]) for each in least.loops if each.function in others)
    graph = graph_of(module.least)
    local, any_way = graph.edges("last", "inner"), graph.edges("last", "inner", "module_last")

    def goes_so(loop: Loop) -> bool:
        if loop.block.kind == "helper" and loop.block.called and loop.block.called.local in module.never:
            return False
        if loop.turn != "local":
            return loop.function not in reached(local.get(loop.function, ()), local)
        called = {fa for member in loop.members for fa in graph.ends[member].inner} & module.never
        return not reached(called, any_way).keys() & {*loop.members}

    return replace(
        least, loops=tuple(_within(each, one) for each, one in pairs if each.turn == one.turn and goes_so(each))
    )


def _within(loop: Loop, other: Loop) -> Loop:
    return replace(
        loop,
        endless=loop.endless and other.endless,
        bounded=loop.bounded or other.bounded,
        reply=loop.reply or other.reply,
        deadline=loop.deadline or other.deadline,
        system=loop.system or other.system,
    )
