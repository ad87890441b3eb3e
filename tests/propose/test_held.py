"""relupc.propose.held: structs in processes whose module stays the same."""

from __future__ import annotations

from tests.propose.ways import actions

STRUCT = "'__struct__'() -> #{'__struct__' => shop_limits, items => 10}.\n"
GAINS = STRUCT.replace("items => 10", "items => 10, total => 500")
CART = """-behaviour(gen_server).
init([]) -> {ok, shop_limits:'__struct__'()}.
handle_call(_, _, S) -> {reply, S, S}.
handle_cast(_, S) -> {noreply, S}.
"""


def test_a_struct_that_a_process_holds() -> None:
    old, new = ({"shop_limits": text, "shop_cart": CART} for text in (STRUCT, GAINS))
    found = actions(old, new)["shop_limits"]
    assert (found.restarts, found.confidence) == (True, "guess")
    assert "`shop_cart`" in found.why
    back = actions(old, new, "down")["shop_limits"]
    assert (back.restarts, back.confidence) == (False, "likely")


def test_a_struct_that_no_process_holds() -> None:
    old, new = (
        {"shop_limits": text, "shop_cart": CART.replace("shop_limits:", "shop_other:")} for text in (STRUCT, GAINS)
    )
    assert not actions(old, new)["shop_limits"].restarts
