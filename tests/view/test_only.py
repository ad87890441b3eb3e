"""A part of a timeline."""

from __future__ import annotations

from relupc.view.only import only, unknown
from tests.timelines import entry, way


def test_an_application() -> None:
    part = only(way(), ["store"])
    assert [event.n for event in part.events] == [2, 4, 8, 9, 10, 15]
    assert [row.module for row in part.rows] == ["store_lru", "store_db"]
    assert [one.module for one in part.suspensions] == ["store_db"]
    assert part.total == 21
    assert [app.name for app in part.apps] == ["store"]


def test_a_module() -> None:
    part = only(way(), ["shop_cart"])
    assert [event.n for event in part.events] == [3, 4, 9, 13, 14, 15]
    assert [edge.later for edge in part.edges] == ["shop_cart"]


def test_names_of_elixir_both_ways() -> None:
    timeline = entry("point_of_no_return, {purge, ['Elixir.Shop.Cart']}, {purge, [b]}")
    for name in ("Shop.Cart", "Elixir.Shop.Cart"):
        assert [event.n for event in only(timeline, [name]).events] == [1, 2]
        assert unknown([timeline], [name]) == []
    assert unknown([timeline], ["Shop", "b"]) == ["Shop"]
