"""The states of the processes in fixtures/states, whose modules are compiled, and of some in text."""

from __future__ import annotations

import pytest

from relupc.analyse.shapes import MAX_FOLLOWED, asked, states_of
from relupc.model.beam import FA
from relupc.model.code import Module
from relupc.model.state import Shape, State
from relupc.model.term import Atom
from tests.compiled import compiled
from tests.modules import module

STATES = states_of(compiled("states/ebin"))
MAP = Shape("map", None)


def tuples(*shapes: tuple[str, int]) -> tuple[Shape, ...]:
    return tuple(Shape("tuple", tag, size) for tag, size in shapes)


def state(text: str) -> State:
    made = module(text)
    return states_of({made.name: made})[made.name]


def test_what_init_makes_and_callbacks_go_on_with() -> None:
    cart = STATES["shop_cart"]
    assert cart.held == tuples(("state", 4), ("cart", 3))  # `new/0` is looked into, `ignore` is no state
    assert cart.whole
    assert STATES["shop_mail"].held == (Shape("plain", "integer"), *tuples(("sent", 2)))
    assert STATES["shop_door"].held == tuples(("door", 2))


def test_a_process_that_becomes_a_server_later() -> None:
    prices = STATES["shop_prices"]
    assert prices.held == (Shape("map", None, 2, (Atom("currency"), Atom("prices"))),)
    assert not prices.whole  # what `init/1` returns is no state here
    assert prices.asked == (MAP,)


def test_what_callbacks_ask_for() -> None:
    assert STATES["shop_cart"].asked == tuples(("cart", 3), ("state", 4))  # the latter by way of `answer/2`
    assert STATES["shop_door"].asked == tuples(("door", 2), ("old_door", 3))  # `terminate/3` is no state
    assert STATES["shop_lamp"].asked == (MAP,)
    assert STATES["shop_till"].asked == tuples(("till", 2))  # a special process: what it hands to `sys`


SPECIAL = """
    start_link() -> proc_lib:start_link(?MODULE, begins, [self()]).
    begins(Parent) -> proc_lib:init_ack(Parent, {ok, self()}), loop(Parent, sys:debug_options([]), new()).
    new() -> {scale, 0}.
    loop(Parent, Debug, State) -> receive {system, From, R} ->
        sys:handle_system_msg(R, From, Parent, ?MODULE, Debug, State); M -> loop(Parent, Debug, add(M, State)) end.
    add(_, State) -> State.
    system_continue(Parent, Debug, State) -> loop(Parent, Debug, State).
    system_code_change(State, _, _, _) -> {ok, State}.
"""


def test_what_a_special_process_begins_with() -> None:
    """Who enters the loop that hands its state to `sys`. What it goes on with, and `sys` gives back, is no news."""
    assert STATES["shop_till"].held == tuples(("till", 2))
    found = state(SPECIAL)
    assert (found.held, found.whole) == (tuples(("scale", 2)), True)
    unknown = state(SPECIAL.replace("new() -> {scale, 0}", "new() -> shop_disk:read()"))
    assert (unknown.held, unknown.whole) == ((), False)


def test_a_state_that_is_not_known() -> None:
    lamp = STATES["shop_lamp"]
    assert (lamp.held, lamp.whole) == ((), False)
    partly = state("-behaviour(gen_server).\ninit(X) -> {ok, case X of a -> {a, 1}; _ -> shop_disk:read() end}.\n")
    assert (partly.held, partly.whole) == (tuples(("a", 2)), False)


def test_the_mode_and_the_states_of_a_state_machine() -> None:
    assert (STATES["shop_door"].mode, STATES["shop_door"].names) == (
        ("state_enter", "state_functions"),
        ("open", "closed"),
    )
    assert (STATES["shop_lamp"].mode, STATES["shop_lamp"].names) == (("handle_event_function",), ("dark", "bright"))
    called = state("-behaviour(gen_statem).\ncallback_mode() -> [mode(), state_enter].\nmode() -> state_functions.")
    assert called.mode == ("state_enter", "state_functions")
    either = state("-behaviour(gen_statem).\ncallback_mode() -> mode(here).\nmode(here) -> a;\nmode(_) -> b.")
    assert either.mode is None
    unknown = state("-behaviour(gen_statem).\ncallback_mode() -> shop_config:mode().\ninit(_) -> {ok, on, 1}.\n")
    assert (unknown.mode, unknown.held) == (None, (Shape("plain", "integer"),))


@pytest.mark.parametrize(
    "attributes", ["", "-behaviour(supervisor).\n", "-behaviour(gen_server).\n-behaviour(gen_event).\n"]
)
def test_no_process_of_one_kind(attributes: str) -> None:
    made = module(f"{attributes}init(_) -> {{ok, 1}}.\n")
    assert states_of({made.name: made}) == {}


def test_structs() -> None:
    cart = states_of(compiled("codes/D203/bad/new/shop/ebin"))["Elixir.Shop.Cart"]
    keys = (Atom("items"), Atom("total"))
    assert cart.held == (Shape("map", "Elixir.Shop.Limits", 2, keys),)


def test_a_long_way_of_the_state_is_cut() -> None:
    lines = "".join(f"f{i}(S) -> f{i + 1}(S), g:g().\n" for i in range(MAX_FOLLOWED * 2))
    made: Module = module(f"handle_cast(_, S) -> f0(S).\n{lines}f{MAX_FOLLOWED * 2}(S) -> S.\n")
    assert list(asked(made, {FA("handle_cast", 2): 1})) == []
