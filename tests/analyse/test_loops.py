"""Loops of all kinds, in the compiled module of fixtures/loops and in its text."""

from __future__ import annotations

import pytest

from relupc.analyse import program_of
from relupc.model.beam import FA, MFA
from relupc.model.code import Module
from relupc.model.loop import Loop
from tests.compiled import FIXTURES, compiled
from tests.modules import module

TEXT = (FIXTURES / "loops/src/shop_loops.erl").read_text("utf-8")
WAYS = {"compiled": compiled("loops/ebin")["shop_loops"], "text": module(TEXT, "shop_loops")}
REASONS = ("inner", "endless", "bounded", "reply", "deadline", "system")
EXPECTED = {
    "plain": "local receive",
    "mixed": "mixed receive endless",
    "ticks": "local receive timed endless",
    "first": "local receive endless",
    "asks": "local helper endless",
    "polls": "local blocking endless",
    "naps": "local blocking timed endless",
    "walks": "local receive bounded",
    "counts": "local receive bounded",
    "replies": "local receive endless reply",
    "gives_up": "local receive timed deadline",
    "hears": "local receive system",
    "works": "local receive inner",
    "tail": "module receive timed endless",
    "idle": "module receive endless",
    "inside": "inside receive",
    "caught": "inside receive",
}


def loops(one: Module) -> dict[str, Loop]:
    return {loop.function.name: loop for loop in program_of([one], {}, 25).staying[one.name].loops}


def said(loop: Loop) -> str:
    timed = ["timed"] if loop.block.timed else []
    return " ".join([loop.turn, loop.block.kind, *timed, *(reason for reason in REASONS if getattr(loop, reason))])


@pytest.mark.parametrize("way", WAYS)
def test_all_kinds(way: str) -> None:
    found = loops(WAYS[way])
    assert {name: said(loop) for name, loop in found.items()} == EXPECTED
    assert all(loop.entry for loop in found.values())
    assert found["first"].members == (FA("first", 1), FA("second", 1))
    assert found["asks"].block.called == MFA("shop_loops", "wait_for", 1)
    assert (found["polls"].block.called, found["naps"].block.called) == (MFA("timer", "sleep", 1), None)
    assert found["inside"].starter == MFA("proc_lib", "spawn_link", 3)
    assert [name for name, loop in found.items() if loop.ends] == ["walks", "counts", "replies", "gives_up"]


def test_places() -> None:
    places = {name: loop.block.place for name, loop in loops(WAYS["compiled"]).items()}
    lines = TEXT.split("\n")
    for name in ("plain", "first", "caught"):
        place = places[name]
        assert place
        assert lines[place.line - 1].startswith(f"{name}("), "a receive has no line of its own: its function has"


def test_what_leads_nowhere_is_no_loop() -> None:
    text = "go() -> receive M -> once(M) end.\nonce(M) -> receive M -> ok end.\nspin(N) -> spin(N)."
    assert not program_of([module(text)], {}, 25).staying


@pytest.mark.parametrize(
    ("message", "turn"),
    [
        ("proc_lib:hibernate(?MODULE, wake, [S])", "mixed"),
        ("?MODULE:wake(S)", "mixed"),
        ("again(S)", "mixed"),
        ("?MODULE:bye(S)", "local"),
    ],
)
def test_through_the_module_by_way_of_others(message: str, turn: str) -> None:
    text = f"""
-export([wake/1, bye/1]).
start(S) -> spawn(fun() -> loop(S) end).
loop(S) -> receive sleep -> {message}; M -> loop([M | S]) end.
wake(S) -> loop(S).
again(S) -> ?MODULE:wake(S).
bye(S) -> S.
"""
    assert loops(module(text))["loop"].turn == turn


def test_a_callback_that_gets_there() -> None:
    text = "-behaviour(gen_server).\nhandle_cast(_, S) -> follow(S).\nfollow(S) -> receive M -> M ! S end, follow(S).\n"
    loop = loops(module(text))["follow"]
    assert (loop.callback, loop.endless, loop.entry) == (FA("handle_cast", 2), True, None)
    assert not loops(module(text.replace("-behaviour(gen_server).", "")))["follow"].callback


@pytest.mark.parametrize(
    ("last", "endless"), [("exit(M)", True), ("error(M)", True), ("M", False), ("shop:go(M)", False)]
)
def test_endless_is_what_gives_nothing_back(last: str, endless: bool) -> None:
    text = f"loop() -> receive {{stop, M}} -> {last}; _ -> loop() end."
    assert loops(module(text, "shop_room"))["loop"].endless is endless


@pytest.mark.parametrize("leaves", ["exit(idle)", "erlang:hibernate(?MODULE, loop, [])"])
def test_the_text_knows_what_never_comes_back(leaves: str) -> None:
    text = f"loop() -> receive M -> shop:sell(M) after 1000 -> {leaves} end, loop()."
    assert loops(module(text))["loop"].deadline
