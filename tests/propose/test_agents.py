"""relupc.propose.agents: what an Agent keeps."""

from __future__ import annotations

from tests.propose.ways import actions

AGENT = "start_link() -> 'Elixir.Agent':start_link(fun() -> #{items => 0} end).\nitems(A) -> A.\n"


def test_an_agent_that_is_to_begin_with_something_else() -> None:
    other = AGENT.replace("items => 0", "items => 0, total => 0")
    found = actions({"shop_cart": AGENT}, {"shop_cart": other})["shop_cart"]
    assert (found.verb, found.confidence) == ("load", "guess")


def test_an_agent_that_begins_as_before() -> None:
    other = AGENT.replace("-> A.", "-> {ok, A}.")
    found = actions({"shop_cart": AGENT}, {"shop_cart": other})["shop_cart"]
    assert (found.verb, found.confidence) == ("load", "sure")
