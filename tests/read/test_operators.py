"""Operators: fixtures/scripts and random programs hold them against OTP; here are their limits, and what they make."""

from __future__ import annotations

import pytest

from relupc.model.term import Atom, Float, Int, List, Str, Term
from relupc.read.halt import FAILS, MAX_BITS, TOO_BIG, Halt
from relupc.read.operators import binary, boolean, joined, listed, truth, unary

HUGE = Int(2 ** (MAX_BITS - 1))


@pytest.mark.parametrize(
    ("sign", "left", "right", "label"),
    [
        ("*", HUGE, HUGE, TOO_BIG),
        ("+", HUGE, HUGE, TOO_BIG),
        ("bsl", Int(1), HUGE, TOO_BIG),
        ("/", HUGE, Int(1), FAILS),
        ("+", HUGE, Float(1.0), FAILS),
        ("*", Float(1e300), Float(1e300), FAILS),
        ("div", Int(1), Int(0), FAILS),
        ("/", Int(1), Float(0.0), FAILS),
        ("band", Float(1.0), Int(1), FAILS),
        ("and", Atom("true"), Int(1), FAILS),
        ("++", Atom("a"), List(()), FAILS),
        ("--", List(()), List((Int(1),), Int(2)), FAILS),
    ],
)
def test_no_value(sign: str, left: Term, right: Term, label: str) -> None:
    with pytest.raises(Halt) as halt:
        binary(sign, left, right)
    assert halt.value.label == label


def test_shifts_of_any_length() -> None:
    assert binary("bsr", HUGE, HUGE) == Int(0)
    assert binary("bsl", Int(-5), Int(-(10**30))) == Int(-1)
    assert binary("bsl", Int(0), HUGE) == Int(0)


def test_numbers_compare_by_value() -> None:
    assert binary("==", Int(1), Float(1.0)) == Atom("true")
    assert binary("=:=", Int(1), Float(1.0)) == Atom("false")
    assert binary("<", Float(2.5), Int(3)) == Atom("true")
    assert binary("==", List((Int(1),)), List((Float(1.0),))) == Atom("true")


def test_text_stays_text() -> None:
    assert isinstance(joined(Str("1."), Str("4")), Str)
    assert isinstance(binary("--", Str("abc"), Str("b")), Str)
    assert isinstance(listed([Int(97), Int(9)]), Str)
    assert isinstance(listed([Int(1), Int(97)]), List)
    assert listed([]) == List(())


def test_an_empty_list_before_anything() -> None:
    assert joined(List(()), Atom("a")) == Atom("a")
    assert joined(List((Int(1),)), Atom("a")) == List((Int(1),), Atom("a"))
    assert joined(List((Int(1),)), List((Int(2),), Int(3))) == List((Int(1), Int(2)), Int(3))


def test_one_operand() -> None:
    assert unary("-", Int(1)) == Int(-1)
    assert unary("+", Float(1.5)) == Float(1.5)
    assert unary("bnot", Int(0)) == Int(-1)
    assert unary("not", truth(False)) == truth(True)
    with pytest.raises(Halt):
        boolean(Int(1))
