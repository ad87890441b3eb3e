from __future__ import annotations

import pytest

from relupc.model.code import Module
from relupc.model.program import Program
from relupc.model.starting import callback_of, new_call
from relupc.model.term import Atom, List, tup
from tests.builds import app
from tests.modules import module

OLD = "start(_, _) -> shop_sup:start_link().\n"


def program(*modules: Module) -> Program:
    return Program({each.name: each for each in modules}, {"shop": "1"}, 25)


def new(text: str, *others: Module) -> str | None:
    """The function that a new start calls."""
    call = new_call("shop", program(module(OLD)), program(module(text), *others))
    return f"{call.called.module}:{call.called.name}" if call else None


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ("ok", None),
        ("ets:new(shop_prices, [named_table])", "ets:new"),
        ("logger:add_handler(shop, shop_log, #{})", "logger:add_handler"),
        ("logger:error(oh)", None),
        ("application:get_env(shop, port)", None),
        ("application:set_env(shop, port, 1)", "application:set_env"),
        ("lists:map(fun(X) -> X end, [])", None),
        ("register(shop, self())", "erlang:register"),
        ("length([])", None),
        ("shop_tables:make()", "shop_tables:make"),
    ],
)
def test_a_call_with_an_effect(first: str, found: str | None) -> None:
    assert new(f"start(_, _) -> {first}, shop_sup:start_link().\n") == found


def test_calls_are_followed() -> None:
    text = "start(_, _) -> prepare(), shop_sup:start_link().\nprepare() -> shop_tables:make().\n"
    assert new(text, module("make() -> lists:sort([1]).\n", "shop_tables")) is None
    assert new(text, module("make() -> all().\nall() -> ets:new(x, []).\n", "shop_tables")) == "shop_tables:make"
    assert new(text) == "shop_tables:make"


def test_an_application_without_a_start() -> None:
    assert new_call("shop", program(), program(module(OLD))) is None
    assert new_call("shop", program(module("stop(_) -> ok.\n")), program(module(OLD))) is None


def test_the_callback_module() -> None:
    shop = app("shop", "1")
    object.__setattr__(shop, "mod", tup("shop_app", List(())))
    assert callback_of(shop) == "shop_app"
    object.__setattr__(shop, "mod", List(()))
    assert callback_of(shop) is None
    object.__setattr__(shop, "mod", Atom("odd"))
    assert callback_of(shop) is None
