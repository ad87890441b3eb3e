from __future__ import annotations

import pytest

from relupc.model.supervision import Child
from relupc.model.term import Atom, List, Map, Term, Tuple
from relupc.rules.children import advice, name_to_write

CART = Atom("shop_cart")
START = Tuple((CART, Atom("start_link"), List(())))
TUPLE = Tuple((CART, START, Atom("permanent"), Atom("brutal_kill"), Atom("worker"), List((CART,))))


@pytest.mark.parametrize(
    ("home", "whole", "text"),
    [
        ("shop_sup", Map(()), "write `type => supervisor` in its specification"),
        ("shop_sup", TUPLE, "write `supervisor` as the fifth element of its specification"),
        ("Elixir.Shop", Map(()), "write `type: supervisor` in its specification"),
    ],
)
def test_what_to_write_in_a_specification(home: str, whole: Term, text: str) -> None:
    child = Child(CART, None, None, "worker", (), "permanent", None, False, True, None, whole)
    assert advice(home, child, "type", "supervisor") == text


@pytest.mark.parametrize(
    ("home", "name", "text"),
    [
        ("shop_sup", "shop_cart", "shop_cart"),
        ("shop_sup", "Elixir.Shop.Cart", "'Elixir.Shop.Cart'"),
        ("Elixir.Shop", "Elixir.Shop.Cart", "Shop.Cart"),
        ("Elixir.Shop", "shop_cart", ":shop_cart"),
    ],
)
def test_how_a_language_names_a_module(home: str, name: str, text: str) -> None:
    assert name_to_write(home, name) == text
