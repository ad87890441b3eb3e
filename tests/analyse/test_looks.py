from __future__ import annotations

import pytest

from relupc.analyse.looks import looks, shape_of
from relupc.analyse.values import unknown
from relupc.model.code import Argument, Part
from relupc.model.code import Test as Asked
from relupc.model.state import Shape
from relupc.model.term import Atom, Int, Map, Term, Unknown, string, tup

STRUCT = Atom("__struct__")
STATE = unknown(Argument(1))


def test_shapes_of_values() -> None:
    assert shape_of(tup("state", Int(1))) == Shape("tuple", "state", 2)
    assert shape_of(tup(Int(1), STATE)) == Shape("tuple", None, 2)
    assert shape_of(string("a")) == Shape("plain", "list")
    assert shape_of(STATE) is None
    pairs = ((Atom("b"), STATE), (Atom("a"), Int(1)))
    keys = (Atom("a"), Atom("b"))
    assert shape_of(Map(pairs)) == Shape("map", None, 2, keys)
    assert shape_of(Map(((STRUCT, Atom("Elixir.Shop")), *pairs))) == Shape("map", "Elixir.Shop", 2, keys)


@pytest.mark.parametrize("pairs", [((STATE, Int(1)),), ((STRUCT, STATE),)])
def test_a_map_that_is_not_known(pairs: tuple[tuple[Term, Term], ...]) -> None:
    assert shape_of(Map(pairs)) is None


def part(at: int | Term) -> Unknown:
    return unknown(Part(STATE, at))


@pytest.mark.parametrize(
    ("tests", "found"),
    [
        ([Asked("is_tagged_tuple", STATE, (Int(3), Atom("state")))], [Shape("tuple", "state", 3)]),
        ([Asked("test_arity", STATE, (Int(2),))], [Shape("tuple", None, 2)]),
        (
            [Asked("test_arity", STATE, (Int(2),)), Asked("is_eq_exact", part(0), (Atom("a"),))],
            [Shape("tuple", "a", 2)],
        ),
        ([Asked("select_tuple_arity", STATE, (Int(2), Int(3)))], [Shape("tuple", None, 2), Shape("tuple", None, 3)]),
        ([Asked("is_map", STATE, ())], [Shape("map", None)]),
        ([Asked("is_eq_exact", part(STRUCT), (Atom("Elixir.Shop"),))], [Shape("map", "Elixir.Shop")]),
        ([Asked("is_tagged_tuple", part(1), (Int(3), Atom("state")))], []),
        ([Asked("is_tagged_tuple", unknown(Argument(0)), (Int(3), Atom("state")))], []),
        ([Asked("is_eq_exact", part(0), (Atom("a"),))], []),
    ],
)
def test_shapes_that_are_asked_for(tests: list[Asked], found: list[Shape]) -> None:
    assert list(looks(tests, 1)) == found
