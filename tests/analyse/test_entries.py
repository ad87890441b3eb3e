from __future__ import annotations

import pytest

from relupc.analyse.entries import entries_of, followed
from relupc.analyse.graph import NOWHERE, graph_of
from relupc.model.beam import MFA
from tests.modules import module


def begun(call: str) -> list[str]:
    made = module(f"start(X) -> {call}.\nloop() -> ok.\nloop(X) -> X.\nother(X, Y) -> {{X, Y}}.")
    return [f"{mfa.module}:{mfa.name}/{mfa.arity}" for mfa in entries_of({"shop": made})]


@pytest.mark.parametrize(
    ("call", "entries"),
    [
        ("spawn(fun loop/0)", ["shop:loop/0"]),
        ("spawn(fun shop_room:loop/0)", ["shop_room:loop/0"]),
        ("spawn_link(?MODULE, loop, [X])", ["shop:loop/1"]),
        ("spawn(node(), shop_room, loop, [])", ["shop_room:loop/0"]),
        ("proc_lib:start_link(shop, loop, [X], 5000)", ["shop:loop/1"]),
        ("proc_lib:spawn_link(shop, other, X)", ["shop:other/2"]),  # the only one of that name
        ("proc_lib:spawn_link(shop, loop, X)", []),  # either of two
        ("'Elixir.Task':start_link(fun loop/0)", ["shop:loop/0"]),
        ("lists:map(fun loop/1, X)", []),
        ("spawn(X)", []),
    ],
)
def test_where_processes_begin(call: str, entries: list[str]) -> None:
    assert begun(call) == entries


def test_a_fun_made_there() -> None:
    (entry,) = begun("spawn_monitor(fun() -> loop(X) end)")
    assert entry.startswith("shop:-start/1-fun-")


def test_how_they_go_on() -> None:
    room = module(
        "start() -> spawn(shop, init, []).\ninit() -> setup(), shop_room:loop().\nsetup() -> ask().\nask() -> ok."
    )
    other = module("loop() -> wait(), ?MODULE:loop().\nwait() -> ok.\nunused() -> loop().", "shop_room")
    made = {"shop": room, "shop_room": other}
    found = followed(
        entries_of(made),
        lambda at: graph_of(made[at.module]).ends.get(at.local, NOWHERE) if at.module in made else NOWHERE,
    )
    start = MFA("shop", "init", 0)
    assert found.starters == {start: MFA("erlang", "spawn", 3)}
    assert found.last == {start: start, MFA("shop_room", "loop", 0): start}
    assert found.inner == {
        MFA(*inner, 0): start for inner in (("shop", "setup"), ("shop", "ask"), ("shop_room", "wait"))
    }
