from __future__ import annotations

import pytest

from relupc.analyse.callbacks import callbacks_of
from tests.compiled import compiled
from tests.modules import module

COMPILED = compiled("states/ebin")


def names(found: object) -> list[str]:
    return [f"{name}/{arity}" for name, arity in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("shop_cart", ["init/1", "handle_call/3", "handle_cast/2", "handle_info/2", "code_change/3"]),
        ("shop_door", ["init/1", "code_change/4", "closed/3", "open/3", "terminate/3"]),
        ("shop_lamp", ["init/1", "handle_event/4", "code_change/4"]),
        ("shop_mail", ["init/1", "handle_event/2", "handle_call/2", "code_change/3"]),
        ("shop_prices", ["handle_call/3", "handle_cast/2"]),  # its `init/1` is no callback: it enters the loop there
        ("shop_till", []),
    ],
)
def test_callbacks(name: str, found: list[str]) -> None:
    assert names(callbacks_of(COMPILED[name])) == found


def test_each_once() -> None:
    both = module("-behaviour(gen_server).\n-behaviour(supervisor).\ninit(_) -> {ok, 1}.\nterminate(_, _) -> ok.\n")
    assert names(callbacks_of(both)) == ["init/1"]
