from __future__ import annotations

import pytest

from relupc.model.term import Atom, Bin, Float, Int, List, Str, Term
from relupc.read.conversions import TABLE, concat, items, text, whole
from relupc.read.halt import TOO_BIG, Halt


def call(name: str, *arguments: Term) -> Term:
    return TABLE["erlang", name, len(arguments)](*arguments)


def test_arguments() -> None:
    assert items(Str("a")) == (Int(97),)
    assert text(List((Int(97),))) == "a"
    assert whole(Int(3)) == 3
    for take, wrong in ((items, List((Int(1),), Int(2))), (text, Atom("a")), (whole, Float(1.0))):
        with pytest.raises(Halt):
            take(wrong)


def test_an_atom_is_never_one_of_python() -> None:
    assert call("list_to_atom", Str("x" * 255)) == Atom("x" * 255)
    with pytest.raises(Halt):
        call("list_to_atom", Str("x" * 256))
    with pytest.raises(Halt):
        call("binary_to_atom", Bin(b"\xff"))


def test_numbers_are_bounded() -> None:
    assert call("list_to_integer", Str("+012")) == Int(12)
    for wrong in ("", "1_0", "٣", " 1", "1 "):
        with pytest.raises(Halt):
            call("list_to_integer", Str(wrong) if wrong else List(()))
    with pytest.raises(Halt) as halt:
        call("list_to_integer", Str("9" * 5000))
    assert halt.value.label == TOO_BIG


def test_bytes() -> None:
    mixed = List((Str("é"), List((Int(1), List((), None))), Bin(b"\x02")), Bin(b"\x03"))
    assert call("list_to_binary", mixed) == Bin(b"\xe9\x01\x02\x03")
    for wrong in (List((Int(256),)), List((Int(1),), Int(2)), Str("☺"), List((Bin(b"\x80", 7),)), Bin(b"")):
        with pytest.raises(Halt):
            call("list_to_binary", wrong)


def test_a_float_has_no_text() -> None:
    assert concat(List((Atom("shop"), Str("_"), Int(2)))) == Str("shop_2")
    with pytest.raises(Halt):
        concat(List((Float(1.5),)))
