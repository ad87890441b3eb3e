from __future__ import annotations

import pytest

from relupc.analyse.erl.guards import NEVER, questions_of, type_told, value_told
from relupc.analyse.erl.tokens import Token, forms
from relupc.model.term import Atom, Int, Term


def guard(text: str) -> tuple[Token, ...]:
    return (Token("atom", "when", 1), *next(forms(f"{text} .\n")))


@pytest.mark.parametrize(
    ("text", "names", "types"),
    [
        ("is_atom(X)", ["X"], ["atom"]),
        ("is_list(X), Y > 1", ["X", "Y"], ["list", None]),
        ("is_list(X); is_binary(X)", ["X"], [None]),
        ("(is_list(X) orelse is_binary(X)) andalso is_map(Y)", ["X", "Y"], [None, "map"]),
        ("length(X) > 0", ["X"], ["list"]),
        ("element(1, X) =:= wx", ["X"], ["tuple"]),
        ("X =:= a", ["X"], ["atom"]),
        ("X =/= a", ["X"], [None]),
        ("not X", ["X"], ["bool"]),
        ("true", [], []),
    ],
)
def test_what_is_asked(text: str, names: list[str], types: list[str | None]) -> None:
    found = questions_of(guard(text))
    assert found is not None
    assert [name for test in found for name in test.names] == names
    assert [type_told(test) for test in found] == types


@pytest.mark.parametrize("text", ["f(X, Y)", "X =:= X; X > 1", "X > 1, X < 3", "X + 1 > 3", "false"])
def test_what_is_not_followed(text: str) -> None:
    assert questions_of(guard(text)) is None


def test_a_value_beside_itself() -> None:
    assert [questions_of(guard(f"X {sign} X, is_atom(Y)")) for sign in ("=:=", "=<")] == [
        questions_of(guard("is_atom(Y)"))
    ] * 2
    assert [test.kinds for test in questions_of(guard("X < X")) or ()] == [{NEVER}]


@pytest.mark.parametrize(
    ("text", "value"), [("X =:= a", Atom("a")), ("X == 12", Int(12)), ("X =:= 16#ff", None), ("X =/= a", None)]
)
def test_values_told(text: str, value: Term | None) -> None:
    assert [value_told(test) for test in questions_of(guard(text)) or ()] == [value]


def test_two_types_at_once() -> None:
    found = questions_of(guard("is_atom(X), is_integer(X)"))
    assert [test.kinds for test in found or ()] == [{NEVER}]
