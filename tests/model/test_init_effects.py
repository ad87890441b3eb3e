"""relupc.model.init_effects: names that `init/1` takes."""

from __future__ import annotations

import pytest

from relupc.model.init_effects import asks_first, run_by_init, taken_again
from tests.modules import module

MAKE = "init([]) -> shop = ets:new(shop, [named_table]), {ok, {#{}, []}}.\n"
TABLE = "creates the table `shop`"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        (MAKE, TABLE),
        (MAKE.replace("named_table", "public"), None),
        (MAKE.replace("shop = ets:new(shop", "_ = ets:new(name()"), "creates a named table"),
        ("init([]) -> table(), {ok, {#{}, []}}.\ntable() -> ets:new(shop, [named_table]).\n", TABLE),
        ("init([]) -> register(shop, self()), {ok, {#{}, []}}.\n", "registers the name `shop`"),
        (MAKE.replace("shop =", "undefined = ets:whereis(shop), shop ="), None),
        (MAKE.replace("shop = ets:new(shop, [named_table])", "catch ets:new(shop, [named_table])"), None),
        (
            MAKE.replace("shop = ets:new(shop, [named_table])", "try ets:new(shop, [named_table]) catch _:_ -> 1 end"),
            None,
        ),
        ("start() -> ets:new(shop, [named_table]).\n", None),
    ],
)
def test_what_is_taken_again(text: str, taken: str | None) -> None:
    assert taken_again(module(text, "shop_sup")) == taken


def test_what_init_runs() -> None:
    found = run_by_init(module("init([]) -> table().\ntable() -> ets:info(shop).\nother() -> ok.\n", "shop_sup"))
    assert [one.name for one in found] == ["init", "table"]
    assert asks_first(found)
    assert not asks_first(found[:1])
