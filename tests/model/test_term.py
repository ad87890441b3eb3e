from __future__ import annotations

import itertools

import pytest

from relupc.model.source import Source, Span
from relupc.model.term import (
    Atom,
    Bin,
    Float,
    Fun,
    Int,
    List,
    Map,
    Str,
    Term,
    Tuple,
    as_atom,
    as_list,
    as_string,
    atoms,
    has_fun,
    is_chardata,
    is_list,
    is_tagged,
    string,
    tup,
)

A, B = Atom("a"), Atom("b")
AB = List((Int(97), Int(98)))
# Terms that Erlang tells apart with `=:=`.
DIFFERENT: list[Term] = [
    A, B, Int(1), Float(1.0), Int(0), Str("a"), Str("ab"), List(()), List((A,)), List((A,), B), List((Str("ab"),)),
    Bin(b"ab"), Bin(b"a"), Bin(b"`", 4), Bin(b"`"), Bin(b""), Tuple(()), Tuple((A,)), Tuple((Int(97),)), Map(()),
    Map(((A, B),)), Map(((Int(1), B),)), Map(((Float(1.0), B),)), Fun("a", "b", 1), Fun("a", "b", 2),
]  # fmt: skip
EQUAL: list[tuple[Term, Term]] = [
    (Str("ab"), AB),
    (Tuple((Str("ab"),)), Tuple((AB,))),
    (List((Str("ab"),), B), List((AB,), B)),
    (Map(((A, Str("ab")), (B, A))), Map(((B, A), (A, AB)))),
    (Map(((Str("ab"), A),)), Map(((AB, A),))),
    (string(""), List(())),
]


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(DIFFERENT, 2)))
def test_different(one: Term, other: Term) -> None:
    assert one != other
    assert other != one


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal(one: Term, other: Term) -> None:
    assert one == other
    assert other == one
    assert hash(one) == hash(other)


def test_where_it_was_written_takes_no_part() -> None:
    span = Span(Source("a", "a"), 0, 1)
    for one, other in (
        (Atom("a", span), A),
        (Int(1, span), Int(1)),
        (Str("a", span), Str("a")),
        (Tuple((Atom("a", span),), span), Tuple((A,))),
        (List((), None, span), List(())),
    ):
        assert one == other
        assert hash(one) == hash(other)
        assert repr(one) == repr(other)


def test_no_string_equals_what_is_no_list() -> None:
    assert Str("a") != A
    assert Str("a") != Bin(b"a")
    assert Str("ab") != List((Int(97), Int(98)), Int(99))
    assert Str("ab") != List((Int(97), Float(98.0)))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (Str("aλ"), "aλ"),
        (List(()), ""),
        (AB, "ab"),
        (List((Int(0x10FFFF), Int(0))), "\U0010ffff\0"),
        (List((Int(0x110000),)), None),
        (List((Int(-1),)), None),
        (List((Int(0xD800),)), None),
        (List((A,)), None),
        (List((Int(97),), Int(98)), None),
        (List((Str("a"),)), None),
        (Bin(b"a"), None),
        (A, None),
        (Tuple(()), None),
    ],
)
def test_as_string(term: Term, text: str | None) -> None:
    assert as_string(term) == text


def test_as_list() -> None:
    span = Span(Source("a", '"ab"'), 0, 4)
    assert as_list(Str("ab", span)) == (Int(97), Int(98))
    assert [item.span for item in as_list(Str("ab", span)) or ()] == [span, span]
    assert as_list(List((A,))) == (A,)
    assert as_list(List((A,), B)) is None
    assert as_list(A) is None


def test_kinds() -> None:
    assert is_list(List((A,), B))
    assert is_list(Str("a"))
    assert not is_list(Bin(b"a"))
    assert is_tagged(tup("a", B), "a", 2)
    assert not is_tagged(tup("a", B), "a", 3)
    assert not is_tagged(tup("a", B), "b", 2)
    assert as_atom(A) == "a"
    assert as_atom(Str("a")) is None


def test_makers() -> None:
    assert tup("a", Int(1), "b") == Tuple((A, Int(1), B))
    assert atoms(["a", "b"]) == List((A, B)) == atoms(("a", "b"))
    assert string("x") == Str("x")


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Str("a"), True),
        (Bin(b"\xff"), True),
        (Bin(b"\xf0", 4), False),
        (List((Str("a"), Bin(b"b"), Int(10**9), AB)), True),
        (List((Str("a"),), Bin(b"b")), True),
        (List((Str("a"),), Int(98)), False),
        (List((A,)), False),
        (List((List((A,)),)), False),
        (A, False),
        (Int(1), False),
        (Tuple(()), False),
    ],
)
def test_is_chardata(term: Term, expected: bool) -> None:
    """As `unicode:characters_to_list/1`, where it does not refuse with `badarg`."""
    assert is_chardata(term) == expected


@pytest.mark.parametrize("term", DIFFERENT)
def test_has_fun(term: Term) -> None:
    fun = isinstance(term, Fun)
    for whole in (term, Tuple((A, term)), List((term, B)), List((A,), term), Map(((term, A),)), Map(((A, term),))):
        assert has_fun(whole) == fun
