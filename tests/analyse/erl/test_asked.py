from __future__ import annotations

import pytest

from relupc.analyse.erl.asked import is_argument
from relupc.analyse.values import UNKNOWN, element, unknown
from relupc.model.code import Argument
from relupc.model.term import Atom, Int, Tuple
from tests.modules import module

FIRST = unknown(Argument(0))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("f(X) -> g(X).", 0),
        ("f(_) -> ok.", 0),
        ("f({ok, _}) -> ok.", 1),
        ("f(X) when X > 1 -> X.", 1),
        ("f(X) -> case X of a -> 1; _ -> 2 end.", 1),
        ("f(X) -> {Y, _} = X, if Y > 1 -> a; true -> b end.", 1),
        ("f(X) -> case g(X) of a -> 1 end.", 0),
        ("f(X) -> is_list(X).", 1),
        ("f(X) -> X =:= 1.", 1),
        ("f(X) -> X + 1.", 0),
    ],
)
def test_what_is_asked(text: str, count: int) -> None:
    made = module(f"{text}\ng(X) -> X.\n")
    [function] = [function for fa, function in made.functions.items() if fa.name == "f"]
    assert len(function.tests) == count


def test_the_atoms_of_patterns() -> None:
    made = module("f(which_children, {from, _}) -> ok; f(stop, _) -> ok.\n")
    [function] = made.functions.values()
    assert [test.against for test in function.tests] == [(Atom("which_children"),), (Atom("from"),), (Atom("stop"),)]


def test_what_comes_of_an_argument() -> None:
    assert is_argument(FIRST)
    assert is_argument(element(element(FIRST, 1), 0))
    assert is_argument(Tuple((Int(1), FIRST)))
    assert not is_argument(UNKNOWN)
    assert not is_argument(Tuple((Int(1),)))
