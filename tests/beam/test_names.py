"""What a module may name as data."""

from __future__ import annotations

from relupc.beam import names_of, open_code, tags_of
from relupc.model.beam import FA, OpenCode
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


def test_tags_that_may_be_asked_for() -> None:
    """Some may be no instruction; none is left out."""
    beam = cart()
    code = open_code(beam)
    assert isinstance(code, OpenCode)
    picked = [args for one in code.outlines for _, args in code.picked(one, frozenset({"is_tagged_tuple"}))]
    asked = {(args[3].value, args[2].value) for args in picked}
    found = tags_of(beam)
    assert asked
    assert asked <= {(tag, size) for tag, sizes in found.items() for size in sizes}


def test_functions_that_may_hold_an_atom() -> None:
    code = open_code(module(function(), LitT=literals_chunk(FUN, compressed=True)))
    assert isinstance(code, OpenCode)
    own = FA(code.outlines[0].name, code.outlines[0].arity)
    assert code.holding(own.name) == {own}  # its head has its name
    assert code.holding("sell") == frozenset()  # no function refers to that literal
    assert code.holding("elsewhere") == frozenset()
