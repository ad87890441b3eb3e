"""Terms as Elixir writes them."""

from __future__ import annotations

import pytest

from relupc.model.elixir import in_elixir
from relupc.model.term import Atom, Bin, Float, Int, List, Map, Str, Term, Tuple, Unknown


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (Atom("ok"), ":ok"),
        (Atom("nil"), "nil"),
        (Atom("Elixir.Shop.Cart"), "Shop.Cart"),
        (Atom("Elixir.shop"), ':"Elixir.shop"'),
        (Atom('a "b" #{c}'), ':"a \\"b\\" \\#{c}"'),
        (Int(-3), "-3"),
        (Float(1.5), "1.5"),
        (Bin(b"caf\xc3\xa9"), '"café"'),
        (Bin(b"\xff"), None),
        (Bin(b"\x00"), None),
        (Str("abc"), None),
        (Tuple((Atom("okay"), Map(((Atom("items"), List(())),)))), "{:okay, %{items: []}}"),
        (Map(((Atom("a"), Int(1)), (Int(2), Atom("b")))), "%{:a => 1, 2 => :b}"),
        (List((Int(1), Atom("true"))), "[1, true]"),
        (List((Int(97), Int(98))), None),
        (List((Int(1),), Int(2)), None),
        (Tuple((Atom("ok"), Unknown("_"))), None),
        (Map(((Atom("a"), Unknown("_")),)), None),
    ],
)
def test_text(term: Term, text: str | None) -> None:
    assert in_elixir(term) == text
