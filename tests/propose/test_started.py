"""relupc.propose.started: what supervisors of fixtures/generate were started with, and take next."""

from __future__ import annotations

import pytest

from relupc.model.diagnostic import Direction
from relupc.model.layout import flat
from relupc.model.value import replace
from relupc.propose.decide import decide
from relupc.propose.started import refused
from tests.propose.ways import compiled_way


@pytest.mark.parametrize(("direction", "given"), [("up", "[]"), ("down", "[5000]")])
def test_an_argument_without_a_clause(direction: Direction, given: str) -> None:
    way = compiled_way("start-argument", direction)
    found = refused(way, "shop_sup")
    assert found is not None
    assert flat(found) == given
    [action] = [one for one in decide(way) if one.module == "shop_sup"]
    assert (action.restarts, action.confidence) == (True, "guess")
    assert f"was started with `{given}`" in action.why


@pytest.mark.parametrize("direction", ["up", "down"])
def test_an_argument_that_is_taken(direction: Direction) -> None:
    assert refused(compiled_way("children", direction), "shop_sup") is None


def test_where_the_tree_does_not_tell() -> None:
    """The calls that start it say what it is given."""
    way = compiled_way("start-argument")
    rootless = way._replace(pre=replace(way.pre, roots={}))
    assert refused(rootless, "shop_sup") is not None
    assert refused(rootless._replace(pre=replace(rootless.pre, starts={})), "shop_sup") is None
