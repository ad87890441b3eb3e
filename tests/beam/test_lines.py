"""Line numbers."""

from __future__ import annotations

import struct

import pytest

from relupc.beam.lines import read_lines
from relupc.beam.raw import BadBeam
from relupc.model.beam import Place
from tests.beam.assemble import a, cart, i, u


def chunk(rows: bytes, count: int, *files: bytes, version: int = 0, said: int | None = None) -> bytes:
    names = b"".join(struct.pack(">H", len(file)) + file for file in files)
    return struct.pack(">5I", version, 0, 9, count, len(files) if said is None else said) + rows + names


def test_files_are_switched() -> None:
    data = chunk(i(7) + a(1) + i(3) + i(4000) + a(2) + i(0) + a(0) + i(16), 5, b"inc/shop.hrl", "kör.erl".encode())
    lines = read_lines(data, "shop")
    assert [lines.place(row) for row in range(-1, 7)] == [
        None,
        None,
        Place("shop.erl", 7),
        Place("inc/shop.hrl", 3),
        Place("inc/shop.hrl", 4000),
        Place("kör.erl", 0),
        Place("shop.erl", 16),
        None,
    ]


def test_a_name_in_latin_1() -> None:
    assert read_lines(chunk(a(1) + i(1), 1, b"k\xf6r.erl"), "shop").place(1) == Place("kör.erl", 1)


def test_without_places() -> None:
    for data in (None, chunk(i(7), 1, version=1), chunk(b"", 0)):
        assert read_lines(data, "shop").place(1) is None


@pytest.mark.parametrize(
    "data",
    [
        b"\0",
        bytes(7),
        chunk(i(1), 2),
        chunk(u(1), 1),
        chunk(i(-1), 1),
        chunk(a(1) + i(1), 1),
        chunk(i(1), 1, b"shop.hrl", said=2),
        chunk(i(1), 1, b"shop.hrl")[:-1],
        chunk(i(1), 1 << 30),
        chunk(i(1), 1, said=1 << 30),
    ],
)
def test_damaged(data: bytes) -> None:
    with pytest.raises(BadBeam):
        read_lines(data, "shop")


def test_a_header_file() -> None:
    """Its function comes first in the module, since it is included at the top."""
    lines = read_lines(cart().chunks["Line"], "shop_cart")
    places = [lines.place(row) for row in (1, 2, 3)]
    assert places == [Place("shop_price.hrl", 1), Place("shop_price.hrl", 2), Place("shop_cart.erl", 11)]
