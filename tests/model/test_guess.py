from __future__ import annotations

from relupc.model.guess import near, nearest


def test_nearest() -> None:
    assert nearest("shop_pricing", ["shop_price", "shop_cart"]) == "shop_price"
    assert nearest("abc", ["xyz"]) is None
    assert nearest("", []) is None


def test_the_nearest_stand_first() -> None:
    assert near("shop_cart", ["shop_cards", "shop_cart_db", "shop_carts", "stock"]) == [
        "shop_carts",
        "shop_cart_db",
        "shop_cards",
    ]


def test_the_order_of_the_names_does_not_matter() -> None:
    names = [f"shop_{first}{second}" for first in "abcdefghij" for second in "abcdefghij"]
    assert near("shop_jx", names) == near("shop_jx", reversed(names)) == near("shop_jx", set(names))
    assert near("shop_jx", names)[0].startswith("shop_j")


def test_a_name_among_many_that_are_alike() -> None:
    names = [f"Elixir.Shop.Module{number}" for number in range(500)]
    assert near("Elixir.Shop.Cartt", ["Elixir.Shop.Cart", *names])[0] == "Elixir.Shop.Cart"
    assert near("Elixir.Shop.Cartt", [*names, "Elixir.Shop.Cart"])[0] == "Elixir.Shop.Cart"
