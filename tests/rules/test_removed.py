"""D303: the callbacks that a process still needs."""

from __future__ import annotations

import pytest

from relupc.analyse.shapes import states_of
from relupc.model.beam import FA
from relupc.rules.d303_callback_removed import wanted
from tests.modules import module

DOOR = """
    -behaviour(gen_statem).
    callback_mode() -> state_functions.
    init([]) -> {ok, open, 0}.
    open(cast, close, Count) -> {next_state, closed, Count + 1}.
    closed(_, _, Count) -> {next_state, open, Count}.
    broken(_, _, Count) -> {keep_state, Count}.
"""
CART = """
    -behaviour(gen_server).
    init([]) -> {ok, 0}.
    handle_call(_, _, Total) -> {reply, Total, Total}.
    handle_cast({add, Price}, Total) -> {noreply, Total + Price}.
    handle_info(_, Total) -> {noreply, Total}.
"""


@pytest.mark.parametrize(
    ("text", "converted", "found"),
    [
        (DOOR, False, {FA("open", 3), FA("closed", 3)}),  # in none of them it may be without its function
        (DOOR, True, set()),
        (CART, False, {FA("handle_cast", 2)}),
    ],
)
def test_what_is_needed(text: str, converted: bool, found: set[FA]) -> None:
    made = module(text)
    state = states_of({"shop": made})["shop"]
    assert set(wanted(made, state, state, converted=converted)) == found
