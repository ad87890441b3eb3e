"""relupc.model.structs; D203 is looked at in fixtures/codes."""

from __future__ import annotations

from relupc.model.structs import compared
from relupc.model.term import Atom, Int


def test_what_differs_between_two_sets_of_fields() -> None:
    found = compared("Elixir.Shop.Cart", frozenset({Atom("items")}), frozenset({Atom("lines"), Int(1)}))
    assert (found.gained, found.lost) == (("1", "lines"), ("items",))
    assert found.struct == "`%Shop.Cart{}`"
    assert found.how == "gets `1`, `lines` and loses `items`"
