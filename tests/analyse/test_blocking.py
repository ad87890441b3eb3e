from __future__ import annotations

import pytest

from relupc.analyse.blocking import blocks, helper_block, outer_block, receive_block, sleeps, waits_forever, within
from relupc.model.beam import FA, MFA
from relupc.model.code import Call, Function, Module
from tests.modules import module


def functions(text: str) -> tuple[Function, Module]:
    """The function `go/1` of a text, and its module."""
    made = module(text)
    return made.functions[FA("go", 1)], made


def call(text: str) -> Call:
    return functions(f"go(X) -> R = {text}, {{R}}.")[0].calls[0]


@pytest.mark.parametrize(
    ("text", "slow", "forever"),
    [
        ("timer:sleep(infinity)", True, True),
        ("timer:sleep(X)", True, False),
        ("gen_server:call(X, get, infinity)", True, True),
        ("gen_server:call(X, get, 5000)", True, False),
        ("gen_server:call(X, infinity)", True, False),
        ("gen_event:call(X, handler, get, infinity)", True, True),
        ("gen_server:cast(X, infinity)", False, False),
        ("gen_tcp:accept(X)", True, False),
        ("lists:max(X)", False, False),
    ],
)
def test_calls(text: str, slow: bool, forever: bool) -> None:
    one = call(text)
    assert (blocks(one), waits_forever(one)) == (slow, forever)


def test_sleeps() -> None:
    assert sleeps(call("timer:sleep(X)"))
    assert not sleeps(call("gen_server:call(X, get)"))


def test_the_receive_that_waits_longest() -> None:
    function, _ = functions("go(X) -> receive a -> ok after 10 -> ok end, receive b -> X end.")
    block = receive_block(function, reply=False)
    assert block
    assert (block.kind, block.timed) == ("receive", False)
    assert receive_block(function, reply=True) is None


def test_a_call_as_the_last_act() -> None:
    function, _ = functions("go(X) -> timer:sleep(X).")
    assert outer_block(function) is None, "nothing of the module is on the stack while it sleeps"
    block = outer_block(function, last=True)
    assert block
    assert block.called == MFA("timer", "sleep", 1)


def test_helpers() -> None:
    deep = "one(X) -> R = two(X), {R}.\ntwo(X) -> receive X -> ok end.\n"
    found = helper_block(*functions("go(X) -> one(X), ok.\n" + deep), waiting=True)
    assert found
    assert found.called == MFA("shop", "two", 1)
    deeper = deep.replace("two(X) ->", "two(X) -> R = three(X), {R}.\nthree(X) ->")
    assert helper_block(*functions("go(X) -> one(X), ok.\n" + deeper), waiting=True) is None
    assert helper_block(*functions("go(X) -> one(X).\n" + deep), waiting=True) is None, "it has left `go/1` by then"
    reply = "one(X) -> Ref = monitor(process, X), receive {Ref, R} -> R end.\n"
    assert helper_block(*functions("go(X) -> one(X), ok.\n" + reply), waiting=True) is None


def test_a_helper_that_sleeps() -> None:
    found = helper_block(*functions("go(X) -> rest(X), ok.\nrest(X) -> timer:sleep(X)."), waiting=False)
    assert found
    assert (found.kind, found.called) == ("blocking", MFA("timer", "sleep", 1))


def test_how_far_it_is_looked() -> None:
    function, made = functions("go(X) -> one(X), go(X).\none(X) -> two(X).\ntwo(X) -> X.")
    assert [[near.name for near in within([function], made, depth)] for depth in (0, 1, 2)] == [
        ["go"],
        ["go", "one"],
        ["go", "one", "two"],
    ]
