"""What the readers share: numbers, bounds, inflation."""

from __future__ import annotations

import gzip
import zlib

import pytest

from relupc.beam.raw import MAX_ROWS, BadBeam, found_at, inflate, rows, u32, unreadable


def test_numbers() -> None:
    assert u32(b"\0\0\1\2\3", 0) == 258
    assert u32(b"\0\0\1\2\3", 1) == 66051
    with pytest.raises(BadBeam, match="cut short"):
        u32(b"\0\0\1\2\3", 2)


def test_rows_are_bounded() -> None:
    assert rows(MAX_ROWS.to_bytes(4, "big"), "atoms") == MAX_ROWS
    with pytest.raises(BadBeam, match="1048577 atoms, but relupc reads no more than 1048576"):
        rows((MAX_ROWS + 1).to_bytes(4, "big"), "atoms")


def test_inflation() -> None:
    text = b"a cart and its items" * 9
    assert inflate(zlib.compress(text), limit=180) == text
    assert inflate(gzip.compress(text), gzip=True) == text
    for data, fault in (
        (zlib.compress(text)[:-5], "cut short"),
        (b"no zlib", "damaged"),
        (zlib.compress(text + b"!"), "more than 180"),
        (zlib.compress(bytes(1 << 26)), "more than 180"),
    ):
        with pytest.raises(BadBeam, match=fault):
            inflate(data, limit=180)


def test_the_diagnostic() -> None:
    found = unreadable("ebin/shop.beam", "cut short", "shop")
    assert found.one_line == "ebin/shop.beam: error: cut short [T014 beam-unreadable]"
    assert found.subject.module == "shop"


def test_every_place_is_found() -> None:
    assert list(found_at(b"abababa", b"aba")) == [0, 2, 4]
    assert list(found_at(b"abab", b"c")) == []
