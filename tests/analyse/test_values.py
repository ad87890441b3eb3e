"""Values with unknown parts, and how they stay small."""

from __future__ import annotations

import pytest

from relupc.analyse import values
from relupc.analyse.values import MAX_OPTIONS, MAX_SIZE, MERGE, NIL, SETELEMENT, UNKNOWN, joined, result, unknown
from relupc.model.beam import FA, MFA
from relupc.model.code import Argument, Choice, LocalFun, MadeFun, Part, Result, origin_of
from relupc.model.term import Atom, Bin, Fun, Int, List, Map, Str, Term, Tuple, Unknown

A, B, C = Atom("a"), Atom("b"), Atom("c")
FIRST = unknown(Argument(0))
PAY = MFA("shop_till", "pay", 1)


def deep(depth: int) -> Term:
    value: Term = A
    for _ in range(depth):
        value = Tuple((value,))
    return value


def test_two_values_meet() -> None:
    assert joined(A, A) is A
    assert joined(Tuple((A,)), Tuple((A,))) == Tuple((A,))
    assert origin_of(joined(joined(A, B), joined(B, FIRST))) == Choice((A, B, FIRST))
    assert joined(A, UNKNOWN) is joined(UNKNOWN, FIRST) is UNKNOWN


def test_choices_are_few() -> None:
    value: Term = Int(0)
    for number in range(1, MAX_OPTIONS):
        value = joined(value, Int(number))
    assert isinstance(origin_of(value), Choice)
    assert joined(value, Int(-1)) is UNKNOWN
    assert joined(value, Int(1)) == value


@pytest.mark.parametrize(
    "value",
    [
        List((A,) * (MAX_SIZE + 1)),
        List((List((A,) * MAX_SIZE), B)),
        deep(values.MAX_DEPTH + 1),
        Bin(bytes(5000)),
        Str("x" * 5000),
        unknown(LocalFun(FA("f", 1), (List((A,) * (MAX_SIZE + 1)),))),
        Unknown("fun", origin=MadeFun("shop", FA("f", 1), (deep(values.MAX_DEPTH),))),
        unknown(Part(List((A,) * (MAX_SIZE + 1)), 1)),
        Map(tuple((Int(number), A) for number in range(MAX_SIZE))),
    ],
)
def test_big_values(value: Term) -> None:
    assert not values.is_small(value)
    assert values.small(Tuple((value,))) is UNKNOWN
    assert joined(value, A) is UNKNOWN


def test_of_results_in_arguments_only_the_call_is_kept() -> None:
    paid = result(PAY, (FIRST,))
    assert origin_of(paid) == Result(PAY, (FIRST,))
    assert origin_of(result(PAY, (paid,))) == Result(PAY, (unknown(Result(PAY, ())),))
    appended = result(MFA("erlang", "++", 2), (List((A,)), FIRST))
    assert origin_of(result(PAY, (appended,))) == Result(PAY, (appended,))  # that one holds what it is given
    either = joined(A, paid)
    assert origin_of(values.outline(either)) == Choice((A, unknown(Result(PAY, ()))))


@pytest.mark.parametrize(
    ("name", "args", "found"),
    [
        ("element", (Int(2), Tuple((A, B))), B),
        ("element", (Int(3), Tuple((A, B))), UNKNOWN),
        ("hd", (List((A,), FIRST),), A),
        ("tl", (List((A,), FIRST),), FIRST),
        ("tl", (List((A, B)),), List((B,))),
        ("map_get", (A, Map(((A, B),))), B),
        ("map_get", (C, Map(((A, B),))), UNKNOWN),
        ("setelement", (Int(1), Tuple((A, B)), C), Tuple((C, B))),
        ("make_fun", (A, B, Int(1)), Fun("a", "b", 1)),
        ("make_fun", (A, FIRST, Int(1)), UNKNOWN),
    ],
)
def test_functions_of_erlang(name: str, args: tuple[Term, ...], found: Term) -> None:
    assert result(MFA("erlang", name, len(args)), args) == found


def test_what_is_asked_of_unknown_values() -> None:
    assert origin_of(result(MFA("erlang", "element", 2), (FIRST, A))) == Result(MFA("erlang", "element", 2), (FIRST, A))
    assert origin_of(values.element(FIRST, 1)) == Part(FIRST, 1)
    assert origin_of(values.value_at(values.element(FIRST, 1), A)) == Part(unknown(Part(FIRST, 1)), A)
    assert values.element(result(PAY, (A,)), 1) is UNKNOWN
    changed = values.with_elements(FIRST, ((1, A),))
    assert origin_of(changed) == Result(SETELEMENT, (Int(2), FIRST, A))
    assert values.element(changed, 1) == A
    assert origin_of(values.element(changed, 0)) == Part(FIRST, 0)
    merged = values.updated(FIRST, ((A, B),))
    assert origin_of(merged) == Result(MERGE, (FIRST, Map(((A, B),))))
    assert values.value_at(merged, A) == B
    assert origin_of(values.value_at(merged, C)) == Part(FIRST, C)


def test_lists() -> None:
    assert values.cons(A, Str("bc")) == List((A, Int(98), Int(99)))
    assert values.cons(A, NIL) == List((A,))
    assert values.cons(A, FIRST) == List((A,), FIRST)
    assert values.tail(List((A,))) == NIL
    assert values.head(NIL) is UNKNOWN
    assert values.cons(A, List((A,) * MAX_SIZE)) is UNKNOWN


def test_texts() -> None:
    texts = [unknown(one).text for one in (Argument(0), LocalFun(FA("f", 1), ()), Result(PAY, ()), Part(FIRST, 1))]
    assert texts == ["argument 1", "fun f/1", "shop_till:pay/1", "a part"]
    assert unknown(Choice((NIL, A))).text == "Atom | List"
