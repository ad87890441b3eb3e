"""The order of terms, as OTP's manual gives it."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from relupc.model.order import term_order
from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Map, Str, Term, Tuple
from tests.model.terms import random_term

ASCENDING: list[Term] = [
    *(Int(-1), Int(2), Float(-5.0), Float(1.0)),
    *(Atom("A"), Atom("a"), Atom("aa"), Atom("é"), Atom("α")),
    *(Fun("a", "f", 1), Fun("a", "f", 2), Fun("b", "a", 0)),
    *(Tuple(()), Tuple((Atom("z"),)), Tuple((Int(1), Int(2))), Tuple((Int(1), Float(0.0)))),
    *(Map(()), Map(((Atom("b"), Int(1)),)), Map(((Int(2), Int(1)), (Int(1), Int(1))))),
    *(Map(((Int(1), Int(2)), (Int(2), Int(1)))), Map(((Atom("a"), Int(1)), (Int(1), Int(9))))),
    *(List(()), List((Int(1),), Int(9)), List((Int(1),)), List((Int(1), Int(2))), Str("a"), Str("ab"), Str("b")),
    *(Bin(b""), Bin(b"\x80", 7), Bin(b"\x80"), Bin(b"\x80\x00", 7), Bin(b"\x81"), Bin(b"a"[:0] + b"\xff")),
]


def test_ascending() -> None:
    for low, high in pairwise(ASCENDING):
        assert term_order(low) < term_order(high), (low, high)


def test_an_improper_list_ends_with_its_tail() -> None:
    one, tail = Int(1), Bin(b"x")
    assert term_order(List((one,))) < term_order(List((one, one))) < term_order(List((one,), tail))


@given(st.randoms(use_true_random=False))
def test_equal_terms_have_equal_keys(random: Random) -> None:
    first, second = random_term(random, 3), random_term(random, 3)
    assert (term_order(first) == term_order(second)) == (first == second)


def test_a_string_is_the_list_of_its_characters() -> None:
    assert term_order(Str("ab")) == term_order(List((Int(97), Int(98))))


def test_by_value_an_integer_may_equal_a_float() -> None:
    assert term_order(Int(1), True) == term_order(Float(1.0), True) < term_order(Float(1.5), True)
    assert term_order(Tuple((Int(2),)), True) > term_order(Tuple((Float(1.0),)), True)
    one, other = Map(((Int(1), Int(2)),)), Map(((Int(1), Float(2.0)),))
    assert term_order(one, True) == term_order(other, True)
    assert term_order(one, True) != term_order(Map(((Float(1.0), Int(2)),)), True)
