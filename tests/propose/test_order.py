"""relupc.propose.order: in which order."""

from __future__ import annotations

import pytest

from tests.propose.ways import SERVER, proposed, supervisor, written

PRICE, GROSS = "net() -> 1.\n", "net() -> 1.\ngross() -> 2.\n"
CART, TOTAL = "total() -> 1.\n", "total() -> shop_price:gross().\n"


def test_new_code_comes_behind_what_it_calls() -> None:
    assert written({"shop_cart": CART, "shop_price": PRICE}, {"shop_cart": TOTAL, "shop_price": GROSS}) == [
        "{load_module, shop_price}",
        "{load_module, shop_cart}",
    ]
    assert written({"shop_price": PRICE, "shop_till": CART}, {"shop_price": GROSS, "shop_till": TOTAL}, "down") == [
        "{load_module, shop_till}",
        "{load_module, shop_price}",
    ]


@pytest.mark.parametrize("named", ["fun shop_price:gross/0", "{shop_price, gross, []}"])
def test_new_code_comes_behind_what_it_has_others_call(named: str) -> None:
    has_called = f"total() -> shop_log:all({named}).\n"
    assert written({"shop_cart": CART, "shop_price": PRICE}, {"shop_cart": has_called, "shop_price": GROSS}) == [
        "{load_module, shop_price}",
        "{load_module, shop_cart}",
    ]
    assert written(
        {"shop_price": PRICE, "shop_till": CART}, {"shop_price": GROSS, "shop_till": has_called}, "down"
    ) == ["{load_module, shop_till}", "{load_module, shop_price}"]


def test_what_comes_first_and_what_goes_last() -> None:
    assert written({"shop_a": PRICE, "shop_b": CART}, {"shop_c": PRICE, "shop_b": "f() -> 1.\n"}) == [
        "{add_module, shop_c}",
        "{load_module, shop_b}",
        "{delete_module, shop_a}",
    ]


def test_processes_that_need_each_other_as_they_are_stand_still_together() -> None:
    old = {"shop_cart": SERVER + "old() -> shop_price:old().\n", "shop_price": "old() -> 1.\n"}
    new = {"shop_cart": SERVER + "new() -> shop_price:new().\n", "shop_price": "new() -> 1.\n"}
    assert written(old, new) == ["{load_module, shop_price}", "{update, shop_cart, soft, [shop_price]}"]
    assert written(old, new, "down") == ["{load_module, shop_price, [shop_cart]}", "{update, shop_cart, soft}"]


def test_code_that_anybody_may_run_is_loaded_behind_what_it_calls() -> None:
    """The process of the cart stands still, and that of whoever asks for a price does not."""
    old = {"shop_cart": SERVER, "shop_price": "gross() -> 19.\n"}
    new = {
        "shop_cart": SERVER + "percent() -> 19.\nprice() -> shop_price:rounded().\n",
        "shop_price": "gross() -> shop_cart:percent().\nrounded() -> 20.\n",
    }
    assert written(old, new) == ["{update, shop_cart, soft}", "{load_module, shop_price, [shop_cart]}"]
    assert written(old, new, "down") == ["{load_module, shop_price, [shop_cart]}", "{update, shop_cart, soft}"]


def test_nobody_can_wait_without_processes() -> None:
    old = {"shop_cart": "old() -> shop_price:old().\n", "shop_price": "old() -> 1.\n"}
    new = {"shop_cart": "new() -> shop_price:new().\n", "shop_price": "new() -> 1.\n"}
    assert written(old, new) == ["{load_module, shop_cart}", "{load_module, shop_price}"]


def test_parents_first() -> None:
    """And the children that are new when all code is there."""
    grown = SERVER.replace("{items}", "{items, more}") + "code_change(_, {state, I}, _) -> {ok, #state{items = I}}.\n"
    old = {"shop_cart": SERVER, "shop_sup": supervisor("shop_cart")}
    new = {"shop_cart": grown, "shop_sup": supervisor("shop_cart", "shop_till"), "shop_till": SERVER}
    assert written(old, new) == [
        "{add_module, shop_till}",
        "{update, shop_sup, supervisor}",
        "{update, shop_cart, {advanced, []}}",
        "{apply, {supervisor, restart_child, [shop_sup, shop_till]}}",
    ]


def test_a_restart_stands_alone() -> None:
    found = proposed({"shop_cart": SERVER}, {"shop_cart": SERVER.replace("{items}", "{items, more}"), "shop_a": PRICE})
    [restart] = found
    assert restart.confidence == "guess"
    assert "grows from 1 to 2 fields), and there is no `code_change/3`" in restart.why
