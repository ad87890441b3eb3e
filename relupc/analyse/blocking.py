"""Functions -> where they block: wait for a message, or call what does."""

from __future__ import annotations

from collections.abc import Sequence

from relupc.model.beam import MFA
from relupc.model.code import Call, Function, Module, Wait
from relupc.model.loop import Block
from relupc.model.term import Atom

_BLOCKING = {
    "timer": {"sleep"},
    "gen_tcp": {"accept", "recv"},
    "gen_udp": {"recv"},
    "gen_sctp": {"recv"},
    "ssl": {"transport_accept", "handshake", "recv"},
    "prim_inet": {"accept", "recv", "recvfrom"},
    "socket": {"accept", "recv", "recvfrom", "recvmsg"},
    "gen_server": {"call"},
    "gen_statem": {"call"},
    "gen_event": {"call"},
    "io": {"get_line", "get_chars", "read", "fread", "scan_erl_exprs", "parse_erl_exprs", "scan_erl_form"},
    "Elixir.Process": {"sleep"},
    "Elixir.GenServer": {"call"},
    "Elixir.IO": {"gets", "getn"},
}
_SLEEPS = {("timer", "sleep", 1), ("Elixir.Process", "sleep", 1)}
_CALLS = {"gen_server": (3,), "gen_statem": (3,), "gen_event": (4,), "Elixir.GenServer": (3,)}
_INFINITY = Atom("infinity")
BLOCKING = frozenset((module, name) for module, names in _BLOCKING.items() for name in names)
WAITS = frozenset({"wait", "wait_timeout"})  # the instructions of a receive that can wait
MAX_DEPTH = 2


def blocks(call: Call) -> bool:
    """Whether a call of another module may take its time."""
    return call.called.name in _BLOCKING.get(call.called.module, ())


def waits_forever(call: Call) -> bool:
    """Whether a call sleeps, or waits for an answer, without end: by the word `infinity`."""
    called = call.called
    if tuple(called) in _SLEEPS:
        return call.args[:1] == (_INFINITY,)
    if called.name == "call" and called.arity in _CALLS.get(called.module, ()):
        return call.args[-1] == _INFINITY
    return False


def sleeps(call: Call) -> bool:
    """Whether a call is one of `timer:sleep/1`."""
    return tuple(call.called) in _SLEEPS


def is_open(wait: Wait) -> bool:
    """Whether a receive waits for whatever comes, as long as it takes."""
    return not wait.timed and not wait.reply


def receive_block(function: Function, *, reply: bool) -> Block | None:
    """The `receive` of a function in which it stands longest; with `reply` one that waits for a reply.

    One that takes no message is nothing but a call that sleeps.
    """
    waits = (wait for wait in function.waits if wait.reply == reply)
    longest = min(waits, key=lambda wait: (wait.sleeps, wait.timed), default=None)
    if longest is None:
        return None
    return Block("blocking" if longest.sleeps else "receive", longest.place or function.place, None, longest.timed)


def outer_block(function: Function, *, last: bool = False) -> Block | None:
    """The first call of another module that blocks; with `last` it may be the last act of the function."""
    found = (c for c in function.calls if blocks(c) and (last or not c.tail))
    return next((Block("blocking", call.place or function.place, call.called, False) for call in found), None)


def helper_block(function: Function, module: Module, *, waiting: bool) -> Block | None:
    """The call of a function of the same module that blocks, at most two calls away.

    What counts is, with `waiting`, a receive that waits for whatever comes; else a call of another module.
    """
    for call in function.calls:
        if call.kind == "local" and not call.tail and (helper := module.functions.get(call.called.local)):
            for deeper in within([helper], module, MAX_DEPTH - 1):
                if waiting and any(map(is_open, deeper.waits)):
                    return Block("helper", call.place or function.place, MFA(module.name, *deeper.fa), False)
                if not waiting and (block := outer_block(deeper, last=True)):
                    return Block("blocking", call.place or function.place, block.called, False)
    return None


def within(functions: Sequence[Function], module: Module, depth: int) -> list[Function]:
    """Functions and the ones of their module that they call, down to a depth."""
    found, level = {function.fa: function for function in functions}, list(functions)
    for _ in range(depth):
        called = (call.called.local for each in level for call in each.calls if call.kind == "local")
        level = [module.functions[fa] for fa in dict.fromkeys(called) if fa in module.functions and fa not in found]
        found |= {each.fa: each for each in level}
    return list(found.values())
