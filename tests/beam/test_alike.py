"""Modules that differ in nothing but the lines that calls which log keep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relupc.beam.alike import same_but_lines
from relupc.beam.chunks import md5
from relupc.model.beam import Beam
from tests.beam.assemble import cart, literals_chunk

LINE = b"w\4line"


def with_literals(*literals: bytes) -> Beam:
    beam = cart()
    chunks = {**beam.chunks, "LitT": literals_chunk(*(b"\x83" + literal for literal in literals), compressed=True)}
    return replace(beam, chunks=chunks, md5=md5(chunks))


def in_map(line: int, key: bytes = LINE) -> bytes:
    return b"t\0\0\0\2" + key + bytes((97, line)) + b"w\4filew\1x"


def in_list(line: int, key: bytes = LINE) -> bytes:
    return b"l\0\0\0\1h\2" + key + bytes((97, line)) + b"j"


@pytest.mark.parametrize("made", [in_map, in_list])
def test_lines(made: object) -> None:
    assert callable(made)
    assert same_but_lines(with_literals(made(7)), with_literals(made(9)))
    nested = [with_literals(b"h\2w\1a" + made(line)) for line in (7, 9)]
    assert same_but_lines(*nested)
    other = [with_literals(made(line, b"w\4size")) for line in (7, 9)]
    assert not same_but_lines(*other)


def test_anything_else() -> None:
    one = with_literals(in_map(7))
    assert same_but_lines(one, one)
    assert not same_but_lines(one, with_literals(in_map(7), b"w\1b"))
    assert not same_but_lines(one, with_literals(in_map(9).replace(b"filew\1x", b"filew\1y")))
    assert not same_but_lines(with_literals(b"h\2" + LINE + b"w\1a"), with_literals(b"h\2" + LINE + b"w\1b"))
    changed = replace(one, chunks={**one.chunks, "StrT": b"other"}, md5=b"")
    assert not same_but_lines(one, changed)


def test_damaged_literals_are_not_the_same() -> None:
    one = with_literals(in_map(7))
    broken = replace(one, chunks={**one.chunks, "LitT": b"\0\0\0\1"}, md5=b"")
    assert not same_but_lines(one, broken)
