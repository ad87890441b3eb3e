"""Matches; fixtures/scripts and random programs hold them against OTP."""

from __future__ import annotations

import pytest

from relupc.model.layout import flat
from relupc.model.source import Source
from relupc.model.term import Atom, Int, List, Map, Str, Term, Tuple, Unknown
from relupc.read import expression
from relupc.read.file import Unreadable
from relupc.read.halt import Halt
from relupc.read.patterns import match_pattern
from relupc.read.run import Run
from relupc.read.text import form_tokens, parse_form

UNKNOWN = Unknown("f()")
PAIR = Tuple((Atom("ok"), Int(1)))
LETTERS = List((Atom("a"), Atom("b"), Atom("c")))


def matched(written: str, value: Term, **values: Term) -> str:
    """`no`, or the variables afterwards."""
    source = Source("x", f"{written}.")
    tokens = form_tokens(source, 0, 0, 25, expression)
    assert not isinstance(tokens, Unreadable)
    [pattern] = parse_form(tokens, expression)
    run = Run(source, dict(values), {"VSN"})
    if not match_pattern(pattern, value, run):
        return "no"
    return " ".join(f"{name}={flat(found)}" for name, found in sorted(run.values.items()))


@pytest.mark.parametrize(
    ("written", "value", "expected"),
    [
        ("{ok, X}", PAIR, "X=1"),
        ("{ok, _}", PAIR, ""),
        ("{X, X}", PAIR, "no"),
        ("{ok, X, Y}", PAIR, "no"),
        ("{error, X}", PAIR, "no"),
        ("{X, Y} = Z", PAIR, "X=ok Y=1 Z={ok,1}"),
        ("[X | Y]", LETTERS, "X=a Y=[b,c]"),
        ("[X, Y, Z]", LETTERS, "X=a Y=b Z=c"),
        ("[X, Y]", LETTERS, "no"),
        ("[X, b | [Y]]", LETTERS, "X=a Y=c"),
        ("[]", LETTERS, "no"),
        ("[X | Y]", Str("ab"), 'X=97 Y="b"'),
        ('"1." ++ X', Str("1.4"), 'X="4"'),
        ('"2." ++ X', Str("1.4"), "no"),
        ("#{a := X}", Map(((Atom("a"), Int(1)),)), "X=1"),
        ("#{b := X}", Map(((Atom("a"), Int(1)),)), "no"),
        ("#{a := X}", PAIR, "no"),
    ],
)
def test_what_is_known(written: str, value: Term, expected: str) -> None:
    assert matched(written, value) == expected


@pytest.mark.parametrize(
    ("written", "value", "expected"),
    [
        ("{X, [Y | _]}", UNKNOWN, "X=X Y=Y"),
        ("{X, Y}", Tuple((Int(1), UNKNOWN)), "X=1 Y=Y"),
        ("{1, 2}", Tuple((Int(1), UNKNOWN)), ""),
        ("[X, Y | Z]", List((Int(1), UNKNOWN, Int(2))), "X=1 Y=Y Z=Z"),
        ("[X, Y, Z, V]", List((Int(1), UNKNOWN)), "V=V X=1 Y=Y Z=Z"),
        ("[X]", List((Int(1), UNKNOWN)), "X=1"),
        ("#{a := X}", Map(((UNKNOWN, Int(1)),)), "X=X"),
        ("#{K := X}", Map(((Atom("a"), Int(1)),)), "X=X"),
    ],
)
def test_what_is_unknown_may_match(written: str, value: Term, expected: str) -> None:
    assert matched(written, value) == expected


def test_variables_that_have_a_value() -> None:
    assert matched("X", Int(1), X=Int(1)) == "X=1"
    assert matched("X", Int(2), X=Int(1)) == "no"
    assert matched("X", Int(2), X=UNKNOWN) == "X=f()"
    assert matched("VSN", Str("2"), VSN=Str("1")) == 'VSN="2"'


@pytest.mark.parametrize("written", ["<<X:8>>", "1 + X", "f(X)", "X ++ [a]", "- X", "X#{a => 1}"])
def test_what_is_too_much(written: str) -> None:
    with pytest.raises(Halt):
        matched(written, LETTERS)
