"""relupc.propose.acts: which calls do more than compute and log."""

from __future__ import annotations

import pytest

from relupc.model.beam import MFA
from relupc.propose.acts import Act, act_of
from tests.modules import module

FAR = """f() -> g(), ok.
g() -> h(), ok.
h() -> ets:new(t, []), ok.
"""


def act(*called: str) -> str | None:
    found = act_of({"shop": module(FAR)}, [MFA(home, name, 1) for home, name in (one.split(":") for one in called)])
    return f"{found.called.module}:{found.called.name} {found.confidence}" if found else None


@pytest.mark.parametrize(
    "called",
    [
        "lists:sort",
        "erlang:element",
        "logger:info",
        "Elixir.Map:put",
        "ets:lookup",
        "application:get_env",
        "timer:seconds",
    ],
)
def test_what_computes(called: str) -> None:
    assert act(called) is None


@pytest.mark.parametrize(
    ("called", "confidence"),
    [("erlang:send_after", "likely"), ("erlang:!", "likely"), ("ets:new", "likely"), ("Elixir.Process:send", "likely")],
)
def test_what_acts(called: str, confidence: str) -> None:
    assert act(called) == f"{called} {confidence}"


def test_what_is_not_known_may_act() -> None:
    assert act("shop_other:go") == "shop_other:go guess"
    assert act("shop_other:go", "ets:new") == "ets:new likely"


def test_what_is_called_in_turn() -> None:
    found = act_of({"shop": module(FAR)}, [MFA("shop", "g", 0)])
    assert found == Act(MFA("ets", "new", 2), "likely")
    assert act_of({"shop": module(FAR)}, [MFA("shop", "f", 0)]) is None  # too far away
