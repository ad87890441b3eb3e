"""The table of literals, in both of its forms."""

from __future__ import annotations

import struct
import zlib

import pytest

from relupc.beam.etf import BadTerm
from relupc.beam.literals import read_literals
from relupc.beam.raw import BadBeam
from relupc.model.term import Atom, Float, Int, List, Str
from tests.beam.assemble import cart, literals_chunk

TERMS = (b"\x83w\x05coupe", b"\x83l\0\0\0\1a\1w\x01b")


@pytest.mark.parametrize("compressed", [True, False])
def test_both_forms(compressed: bool) -> None:
    assert read_literals(literals_chunk(*TERMS, compressed=compressed)) == (
        Atom("coupe"),
        List((Int(1),), Atom("b")),
    )


def test_none() -> None:
    assert read_literals(None) == ()
    assert read_literals(literals_chunk(compressed=True)) == ()


def test_of_a_compiler() -> None:
    found = read_literals(cart().chunks["LitT"])
    assert Float(1.5) in found
    assert Str("~p ~p") in found


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(6),
        literals_chunk(*TERMS, compressed=False)[:-1],
        literals_chunk(*TERMS, compressed=True)[:-8],
        struct.pack(">I", 1 << 31) + zlib.compress(bytes(99)),
        struct.pack(">I", 10) + zlib.compress(bytes(99)),
        bytes(4) + struct.pack(">I", 1 << 31),
    ],
)
def test_damaged(data: bytes) -> None:
    with pytest.raises(BadBeam):
        read_literals(data)


def test_a_damaged_term() -> None:
    with pytest.raises(BadTerm):
        read_literals(literals_chunk(b"\x83w\x09cut", compressed=True))
    size = 1 << 25
    inner = b"m" + struct.pack(">I", size - 5) + bytes(size - 5)
    bomb = b"\x83P" + struct.pack(">I", size) + zlib.compress(inner)
    with pytest.raises(BadTerm, match="more than relupc reads"):
        read_literals(literals_chunk(bomb, bomb, bomb, compressed=False))
