"""relupc.propose.convert: which Extra the compiled modules of fixtures/generate ask for."""

from __future__ import annotations

import pytest

from relupc.model.beam import FA
from relupc.model.diagnostic import Direction
from relupc.model.layout import flat
from relupc.model.passage import Passage
from relupc.model.state import Conversion, Shape
from relupc.model.term import Atom, Map, Tuple, Unknown
from relupc.model.value import replace
from relupc.propose.convert import Extra, extra_of, narrowed, passages
from tests.propose.ways import compiled_way


def extra(case: str, name: str, direction: Direction = "up") -> Extra:
    way = compiled_way(case, direction)
    return extra_of(way, way.newer.modules[name], way.pre.states[name])


def test_one_that_is_written_out() -> None:
    found = extra("extra", "shop_cart")
    assert (flat(found.value) if found.value else "", found.confidence) == ("{currency,eur}", "sure")
    assert extra("extra", "shop_cart", "down").asked == "`forget`"


def test_one_of_several() -> None:
    found = extra("extra", "shop_till")
    assert (flat(found.value) if found.value else "", found.confidence) == ("keep", "guess")
    assert found.asked == "`keep` or `empty`"
    assert extra("extra", "shop_till", "down") == Extra()


def test_one_that_only_a_person_knows() -> None:
    found = extra("extra-open", "shop_cart")
    assert (found.value, found.confidence, found.asked) == (None, "guess", "`{currency,_}`")
    assert extra("extra-open", "shop_cart", "down") == Extra()
    assert extra("extra-open", "shop_till") == Extra(None, "guess", "something else than `[]`")


def test_where_nothing_is_asked_for() -> None:
    assert extra("state", "shop_cart") == extra("state", "shop_cart", "down") == Extra()


@pytest.mark.parametrize(("direction", "takes"), [("up", False), ("down", True)])
def test_a_version_without_a_clause(direction: Direction, takes: bool) -> None:
    assert (extra("clause", "shop_cart", direction) == Extra()) is takes
    if not takes:
        assert extra("clause", "shop_cart", direction) == Extra(None, "guess", "")


def test_a_version_that_is_not_known() -> None:
    """A module without attributes may have any version: a clause for one of them may be it."""
    way = compiled_way("clause")
    bare = replace(
        way.pre, modules={**way.pre.modules, "shop_cart": replace(way.pre.modules["shop_cart"], attributes=())}
    )
    found = extra_of(way._replace(pre=bare), way.post.modules["shop_cart"], way.pre.states["shop_cart"])
    assert found == Extra()


def test_code_that_is_not_at_hand() -> None:
    way = compiled_way("extra")
    blind = replace(way.post.modules["shop_cart"], passages=lambda _fa, _given: None)
    assert passages(way, blind, way.pre.states["shop_cart"]) is None
    assert extra_of(way, blind, way.pre.states["shop_cart"]) == Extra()


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_version_that_is_a_number(direction: Direction) -> None:
    """`-vsn(1)` is kept as a list, and the function is given the number."""
    assert extra("version", "shop_cart", direction) == Extra()


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_clause_for_another_version(direction: Direction) -> None:
    assert extra("version-other", "shop_cart", direction) == Extra(keeps=True)


RECORD, MAP = Shape("tuple", "state", 2), Shape("map", None)
TO_MAP = Passage((), (), Tuple((Atom("ok"), Map(()))))
TO_RECORD = Passage((), (), Tuple((Atom("ok"), Tuple((Atom("state"), Unknown("_"))))))
TO_ANY = Passage((), (), Tuple((Atom("ok"), Unknown("_"))))


@pytest.mark.parametrize(
    ("ways", "made"),
    [
        ([TO_MAP], (MAP,)),
        ([TO_RECORD], (RECORD,)),
        ([TO_MAP, TO_RECORD], (RECORD, MAP)),
        ([TO_ANY], (RECORD, MAP)),
        ([], (RECORD, MAP)),
        (None, (RECORD, MAP)),
    ],
)
def test_clauses_for_states_of_other_builds(ways: list[Passage] | None, made: tuple[Shape, ...]) -> None:
    conversion = Conversion(FA("code_change", 3), "converting", made=(RECORD, MAP))
    assert narrowed(conversion, ways).made == made
