"""Packed numbers."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.beam.compact import ATOM, INTEGER, NUMBER, packed, unsigned
from relupc.beam.raw import BadBeam
from tests.beam import assemble


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\x20", (NUMBER, 2, 1)),  # as `{u,2}` by beam_asm:encode/2 of OTP 25, and so on
        (b"\xf1", (INTEGER, 15, 1)),
        (b"\x09\x10", (INTEGER, 16, 2)),
        (b"\xe9\xff", (INTEGER, 2047, 2)),
        (b"\x19\x08\x00", (INTEGER, 2048, 3)),
        (b"\x19\xff\xff", (INTEGER, -1, 3)),
        (b"\x18\xff\xff", (NUMBER, 65535, 3)),
        (b"\x39\xff\x00\x00", (INTEGER, -65536, 4)),
        (b"\xf9\x00" + b"\x7f" + b"\xff" * 8, (INTEGER, (1 << 71) - 1, 11)),
    ],
)
def test_numbers(data: bytes, found: tuple[int, int, int]) -> None:
    assert packed(data + b"\x77", 0) == found


@given(st.integers(-(1 << 200), 1 << 200), st.binary(max_size=3))
def test_all_integers(number: int, before: bytes) -> None:
    data = before + assemble.i(number)
    assert packed(data, len(before)) == (INTEGER, number, len(data))


def test_unsigned() -> None:
    assert unsigned(b"\x00\x50", 1) == (5, 2)
    with pytest.raises(BadBeam, match="where a number should be"):
        unsigned(bytes((5 << 4 | ATOM,)), 0)


def test_bounds() -> None:
    for data in (b"\xf8" * 50, b"\xf8\xe8\xff" + bytes(9000), b"\x58\x01"):
        with pytest.raises(BadBeam, match="number"):
            packed(data, 0)
    for data in (b"", b"\x08", b"\xf8"):
        with pytest.raises(IndexError):
            packed(data, 0)


@given(st.binary(max_size=30))
def test_any_bytes(data: bytes) -> None:
    with contextlib.suppress(BadBeam, IndexError):
        assert packed(data, 0)[2] <= len(data)
