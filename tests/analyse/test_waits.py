"""Receives and bounds, as compiled code tells them."""

from __future__ import annotations

from relupc.model.beam import FA
from relupc.model.code import Function, Wait
from tests.compiled import compiled

FUNCTIONS = compiled("loops/ebin")["shop_loops"].functions


def function(name: str) -> Function:
    return next(one for fa, one in FUNCTIONS.items() if fa.name == name)


def only(name: str) -> Wait:
    (wait,) = function(name).waits
    return wait


def test_a_receive() -> None:
    assert only("plain") == Wait(False, False, frozenset(), None, frozenset({FA("plain", 1)}))
    assert only("first").goes_to == frozenset({FA("second", 1)})
    assert not function("peeks").waits, "with `after 0` it never waits"


def test_a_timeout() -> None:
    assert (only("ticks").timed, only("ticks").leaves_to) == (True, frozenset({FA("ticks", 1)}))
    assert (only("gives_up").timed, only("gives_up").leaves_to) == (True, frozenset())


def test_no_message() -> None:
    assert [fa.name for fa, one in FUNCTIONS.items() if any(wait.sleeps for wait in one.waits)] == ["naps"]


def test_a_reply() -> None:
    assert [name for name in ("replies", "plain", "wait_for") if only(name).reply] == ["replies"]


def test_the_last_thing_done() -> None:
    last = [fa.name for fa, one in FUNCTIONS.items() if any(wait.last for wait in one.waits)]
    assert last == ["wait_for", "ends"]


def test_bounds() -> None:
    assert (function("walks").bounded, function("counts").bounded) == ("list", "counter")
    assert [fa.name for fa, one in FUNCTIONS.items() if one.bounded] == ["walks", "counts"]
