"""What a module may name as data."""

from __future__ import annotations

from relupc.beam import names_of
from tests.beam.assemble import cart, function, literals_chunk, module

FUN = b"\x83qw\x04shopw\x04sella\x01"
CALL = b"\x83h\x03s\x04shopd\x00\x03buyj"


def test_atoms_and_what_stands_in_literals() -> None:
    found = names_of(module(function(), LitT=literals_chunk(FUN, CALL, compressed=True)))
    assert found is not None
    assert found.pairs == {("shop", "sell"), ("shop", "buy")}
    assert "stop" in found.atoms
    assert b"buy" in found.literals


def test_what_cannot_be_told() -> None:
    assert names_of(module(function(), LitT=literals_chunk(b"\x83P\0\0\0\1x", compressed=True))) is None
    assert names_of(module(function(), LitT=b"\0\0\0\1damaged")) is None


def test_a_module_without_literals() -> None:
    found = names_of(module(function()))
    assert found is not None
    assert found.pairs == frozenset()
    names = names_of(cart())
    assert names is not None
    assert names.atoms >= {"shop_cart", "init"}
