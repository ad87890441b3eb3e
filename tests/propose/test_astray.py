"""relupc.propose.astray: processes that are not found."""

from __future__ import annotations

import pytest

from relupc.propose.astray import renamed, unseen
from tests.propose.ways import SUPERVISOR, supervisor, way

CART = """-behaviour(gen_server).
start_link() -> gen_server:start_link(NAME, ?MODULE, [], []).
init([]) -> {ok, 0}.
handle_call(_, _, S) -> {reply, S, S}.
handle_cast(_, S) -> {noreply, S}.
"""
SHOP = CART.replace("NAME", "{local, shop_cart}")
DIRECT = "#{id => shop_cart, start => {gen_server, start_link, [{local, shop_cart}, shop_cart, [], []]}}"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("{local, shop_cart}", "{local, shop_basket}", True),
        ("{local, shop_cart}", "{local, shop_cart}", False),
        ("{local, shop_cart}", "{global, shop_cart}", True),
        ("{local, shop_cart}", "name()", False),
        ("{via, shop, {cart, name()}}", "{local, shop_cart}", False),
    ],
)
def test_other_names(old: str, new: str, *, found: bool) -> None:
    before, after = (
        {"shop_cart": CART.replace("NAME", name), "shop_sup": supervisor("shop_cart")} for name in (old, new)
    )
    assert bool(renamed(way(before, after), "shop_cart")) == found


def test_a_process_that_loses_its_name() -> None:
    """Who calls it by its name still does so, or has no name to call it by."""
    nameless = SHOP.replace("{local, shop_cart}, ", "")
    assert renamed(way({"shop_cart": SHOP}, {"shop_cart": nameless}), "shop_cart") is None
    assert renamed(way({"shop_cart": nameless}, {"shop_cart": SHOP}), "shop_cart")


def test_a_child_that_does_not_list_its_module() -> None:
    texts = {"shop_cart": SHOP, "shop_sup": SUPERVISOR.replace("CHILDREN", DIRECT)}
    assert unseen(way(texts, texts), "shop_cart")
    listing = SUPERVISOR.replace("CHILDREN", DIRECT.replace("}}", "}, modules => [shop_cart]}"))
    assert unseen(way(texts, texts | {"shop_sup": listing}), "shop_cart"), "the supervisor that runs knows the old one"
    assert unseen(way(texts | {"shop_sup": listing}, texts), "shop_cart") is None


def test_a_process_below_no_supervisor() -> None:
    texts = {"shop_cart": SHOP, "shop_sup": supervisor("shop_desk")}
    desk = CART.replace("NAME", "{local, shop_desk}")
    assert unseen(way(texts | {"shop_desk": desk}, texts), "shop_cart") is None
    starting = desk.replace("{ok, 0}.", "{ok, P} = shop_cart:start_link(), {ok, P}.")
    assert unseen(way(texts | {"shop_desk": starting}, texts), "shop_cart")
