from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.analyse.erl.expressions import FORMS, expression
from relupc.analyse.erl.syntax import Cursor, Expr, NotReadError
from relupc.analyse.erl.tokens import Token, forms


def read(source: str) -> Expr:
    cursor = Cursor(next(forms(source + " .\n")), FORMS)
    found = expression(cursor)
    assert cursor.here.kind == "end", cursor.here
    return found


def shape(expr: object) -> object:
    """An expression without lines, short."""
    if isinstance(expr, Expr):
        return (expr.kind, *map(shape, expr.parts))
    if isinstance(expr, tuple):
        return [shape(part) for part in expr]
    return getattr(expr, "name", getattr(expr, "value", expr))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("X = f(1)", ("match", ("var", "X"), ("call", ("value", "f"), [("value", 1)]))),
        ("A + B * C", ("op", "+", ("var", "A"), ("op", "*", ("var", "B"), ("var", "C")))),
        ("A - B - C", ("op", "-", ("op", "-", ("var", "A"), ("var", "B")), ("var", "C"))),
        ("P ! Q = R", ("op", "!", ("var", "P"), ("match", ("var", "Q"), ("var", "R")))),
        ("m:f(X)", ("call", ("remote", ("value", "m"), ("value", "f")), [("var", "X")])),
        ("{a, [b | T]}", ("tuple", [("value", "a"), ("list", [("value", "b")], ("var", "T"))])),
        ("#s{a = 1}", ("record", None, "s", [("match", ("value", "a"), ("value", 1))])),
        ("X#s.a", ("element", ("var", "X"), "s", "a")),
        ("M#{a := 1}", ("map", ("var", "M"), [[("value", "a"), ("value", 1)]])),
        (
            "[X || X <- L, X > 1]",
            (
                "comprehension",
                [("var", "X")],
                [("generator", ("var", "X"), ("var", "L")), ("op", ">", ("var", "X"), ("value", 1))],
            ),
        ),
        (
            "#{K => V || K := V <- M}",
            (
                "comprehension",
                [("var", "K"), ("var", "V")],
                [("generator", ("tuple", [("var", "K"), ("var", "V")]), ("var", "M"))],
            ),
        ),
        ("<<X, Y/binary>>", ("binary", ("var", "X"), ("bytes", ("var", "Y")))),
        ('<<X:8/integer, "ab", (f()):4>>', None),
        ("<<<<B>> || <<B>> <= Bin>>", None),
        ("not A andalso B", ("op", "andalso", ("op", "not", ("var", "A")), ("var", "B"))),
        ("catch f()", ("catch", ("call", ("value", "f"), []))),
    ],
)
def test_expression(source: str, expected: object) -> None:
    found = shape(read(source))
    assert expected is None or found == expected


@pytest.mark.parametrize("source", ["f(", "{a, }", "case", "X = ", "#{a}", "1 2"])
def test_not_read(source: str) -> None:
    with pytest.raises((NotReadError, AssertionError)):
        read(source)


def test_too_deep() -> None:
    for source in (
        "(" * 5000 + "x" + ")" * 5000,
        "<<" * 5000 + "x" + ">>" * 5000,
        "- " * 5000 + "x",
        "x" + " ++ x" * 5000,
        "x" + " - x" * 5000,
        "x" + "()" * 5000,
        "(" * 60 + "x" + (" - x" * 60 + ")") * 60,
    ):
        with pytest.raises(NotReadError):
            read(source)


def test_deep_enough() -> None:
    for source in ("(" * 60 + "x" + ")" * 60, "x" + " - x" * 90, "{" * 60 + "x" + "}" * 60, "x" + " ++ x" * 90):
        assert read(source)


WORDS = [
    "a",
    "X",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "#",
    ",",
    "|",
    "||",
    "<-",
    "->",
    "=",
    "+",
    ":",
    "1",
    "<<",
    ">>",
    "catch",
]


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_tokens_end_well(words: list[str]) -> None:
    kinds = {"a": "atom", "catch": "atom", "X": "var", "1": "int"}
    cursor = Cursor([Token(kinds.get(word, "sign"), word, 1) for word in words], FORMS)
    try:
        expression(cursor)
    except NotReadError:
        return
    assert cursor.at > 0
