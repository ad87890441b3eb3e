"""The functions of a module -> the loops in which a process stays (model.loop.Loop)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from relupc.analyse.blocking import BLOCKING, MAX_DEPTH, WAITS, helper_block, outer_block, receive_block, within
from relupc.analyse.entries import Entries
from relupc.analyse.graph import Graph, Kind, cycles, reached
from relupc.analyse.onward import EXITS, HIBERNATES
from relupc.model.beam import FA, MFA
from relupc.model.code import Acts, Call, Function, Module, Wait
from relupc.model.loop import Block, Loop, Turn
from relupc.model.value import dataclass, replace

_SYSTEM = ("sys", "handle_system_msg")
_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a module around its loops, or can be asked for where there is one.

    `callbacks`: what callbacks lead to, and which of them does.
    """

    module: Module
    graph: Graph
    entries: Callable[[], Entries]
    callbacks: Callable[[], Mapping[FA, FA]]


def loops_of(setting: Setting) -> tuple[Loop, ...]:
    """The loops of a module that block somewhere, those that go round by local calls first."""
    graph, functions = setting.graph, setting.module.functions
    near = looping(setting.module)
    ways: tuple[tuple[Turn, tuple[Kind, ...]], ...] = (
        ("local", ("last",)),
        ("module", ("last", "module_last")),
        ("inside", ("last", "module_last", "module_inner")),
    )
    seen: set[FA] = set()
    found = []
    for turn, kinds in ways:
        for members in cycles(graph.edges(*kinds, among=near), near):
            around = frozenset(members)
            rounds = [_round(functions[member], around, turn) for member in members]
            goes = any(around & set(getattr(graph.ends[member], kinds[-1])) for member in members)
            if not seen & around and goes and (blocked := _block(rounds, setting.module)):
                seen |= around
                found.append(_loop(rounds, _turn(members, turn, graph), blocked, setting))
    return tuple(found)


def looping(module: Module) -> Collection[FA]:
    """The functions that may be in a loop that blocks, by what their instructions name; in the order of the code.

    What hibernates may lead anywhere. A fun that is called is never the last act of compiled code.
    """
    acts = module.acts
    if acts is None:
        return module.functions.keys()
    edges = {fa: _named(module.name, acts, one) for fa, one in acts.items()}
    blocking = {fa for fa, one in acts.items() if one.marks & WAITS or any(to[:2] in BLOCKING for to in one.calls)}
    groups = (group for group in cycles(edges, acts) if blocking & reached(group, edges, MAX_DEPTH).keys())
    found = {fa for group in groups for fa in group}
    return [fa for fa in acts if fa in found]


def _named(module: str, acts: Mapping[FA, Acts], one: Acts) -> list[FA]:
    if one.calls & HIBERNATES:
        return list(acts)
    return [called.local for called in one.calls if called.module == module and called.local in acts]


def _turn(members: tuple[FA, ...], turn: Turn, graph: Graph) -> Turn:
    """A loop of local calls is `mixed` if a call through the module, be it by way of others, leads back to it."""
    if turn != "local":
        return turn
    outs = [end for at in reached(members, graph.edges("last")) for end in graph.ends[at].module_last]
    return "mixed" if reached(outs, graph.edges("last", "module_last")).keys() & set(members) else turn


def _round(function: Function, around: frozenset[FA], turn: Turn) -> Function:
    """The part of a member that lies on the way round: what it does before it goes on to another one."""
    if turn == "local":
        waits = tuple(wait for wait in function.waits if wait.goes_to is None or wait.goes_to & around)
        calls = tuple(call for call in function.calls if _goes_on(function, call, around))
        return replace(function, calls=calls, waits=waits)
    onward = [at for at, call in enumerate(function.calls) if call.called.local in around]
    return replace(function, calls=function.calls[: onward[-1]] if onward else ())


def _goes_on(function: Function, call: Call, around: frozenset[FA]) -> bool:
    return not call.tail and (function.goes_on is None or bool(function.goes_on.get(call.called, set()) & around))


def _block(rounds: list[Function], module: Module) -> tuple[FA, Block] | None:
    """The member of a loop that blocks on its way round, and where. That it waits for a reply is said last."""
    for find in (
        lambda function: receive_block(function, reply=False),
        lambda function: helper_block(function, module, waiting=True),
        outer_block,
        lambda function: helper_block(function, module, waiting=False),
        lambda function: receive_block(function, reply=True),
    ):
        for function in rounds:
            if block := find(function):
                return function.fa, block
    return None


def _loop(rounds: list[Function], turn: Turn, blocked: tuple[FA, Block], setting: Setting) -> Loop:
    function, block = blocked
    module, entries, callbacks = setting.module, setting.entries(), setting.callbacks()
    members = tuple(each.fa for each in rounds)
    around = frozenset(members)
    waits = [wait for each in rounds for wait in each.waits if not wait.reply]
    named = [MFA(module.name, *member) for member in members]
    entry = next((entries.last[mfa] for mfa in named if mfa in entries.last), None)
    inner = next((entries.inner[mfa] for mfa in named if mfa in entries.inner), None)
    begins = entry or inner
    return Loop(
        function,
        members,
        turn,
        block,
        begins,
        entries.starters[begins] if begins else None,
        entry is None and inner is not None,
        next((callbacks[member] for member in members if member in callbacks), None),
        _is_endless(members, setting),
        any(each.bounded for each in rounds),
        block.kind == "receive" and not waits,
        turn in ("local", "mixed")
        and block.kind == "receive"
        and bool(waits)
        and all(_gives_up(wait, around) for wait in waits),
        any(map(_is_system, within([module.functions[member] for member in members], module, _DEPTH))),
    )


def _gives_up(wait: Wait, around: frozenset[FA]) -> bool:
    """Whether a receive leads out of the loop when nothing comes."""
    return wait.timed and not wait.leaves_to & around


def _is_system(function: Function) -> bool:
    return any((call.called.module, call.called.name) == _SYSTEM for call in function.calls)


def _is_endless(members: tuple[FA, ...], setting: Setting) -> bool:
    """Whether no last act of a loop gives anything back: they only lead on, or exit."""
    seen, todo = set(members), list(members)
    while todo:
        at = todo.pop()
        ends = setting.graph.ends[at]
        if setting.module.functions[at].returns or any(out not in EXITS for out in ends.out):
            return False
        after = [*ends.last, *ends.module_last]
        todo += (new := [end for end in after if end not in seen])
        seen |= set(new)
    return True
