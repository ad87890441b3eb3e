"""Hand-made parts of .beam files, for what no compiler here writes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from relupc.beam import read_beam, read_beam_file
from relupc.beam.compact import ATOM, EXTENDED, INTEGER, NUMBER
from relupc.beam.opcodes import NAMES
from relupc.model.beam import Beam

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "beam"
CART = FIXTURES / "shop_cart.beam"
X, Y, LABEL = 3, 4, 5
END = bytes((3,))


def cart() -> Beam:
    """The module of fixtures/beam."""
    found = read_beam_file(str(CART))
    assert isinstance(found, Beam), found
    return found


def packed(tag: int, number: int) -> bytes:
    """A tag and a number as the compiler packs them."""
    if 0 <= number < 16:
        return bytes((number << 4 | tag,))
    if 0 <= number < 2048:
        return bytes((number >> 3 & 0b11100000 | 0b1000 | tag, number & 255))
    size = max(2, (number if number >= 0 else ~number).bit_length() // 8 + 1)
    data = number.to_bytes(size, "big", signed=True)
    if size < 9:
        return bytes((size - 2 << 5 | 0b11000 | tag,)) + data
    return bytes((0b11111000 | tag,)) + packed(NUMBER, size - 9) + data


def op(name: str, *args: bytes) -> bytes:
    """An instruction."""
    return bytes((NAMES.index(name),)) + b"".join(args)


def u(number: int) -> bytes:
    return packed(NUMBER, number)


def i(number: int) -> bytes:
    return packed(INTEGER, number)


def a(number: int) -> bytes:
    return packed(ATOM, number)


def x(number: int) -> bytes:
    return packed(X, number)


def y(number: int) -> bytes:
    return packed(Y, number)


def f(number: int) -> bytes:
    return packed(LABEL, number)


def z(kind: int, *parts: bytes) -> bytes:
    return packed(EXTENDED, kind) + b"".join(parts)


def listed(*items: bytes) -> bytes:
    return z(1, u(len(items)), *items)


def function(*body: bytes) -> bytes:
    """`stop/0` of `shop`, in an own module: atom 2, labels 1 and 2."""
    return op("label", u(1)) + op("func_info", a(1), a(2), u(0)) + op("label", u(2)) + b"".join(body) + END


def code_chunk(code: bytes, highest: int = 184) -> bytes:
    return struct.pack(">5I", 16, 0, highest, 3, 1) + code


def atoms_chunk(*names: str) -> bytes:
    return struct.pack(">I", len(names)) + b"".join(bytes((len(n.encode()),)) + n.encode() for n in names)


def table(*rows: Sequence[int]) -> bytes:
    return struct.pack(">I", len(rows)) + b"".join(struct.pack(f">{len(row)}I", *row) for row in rows)


def literals_chunk(*terms: bytes, compressed: bool) -> bytes:
    """The chunk LitT of OTP 27, or of OTP 28."""
    found = struct.pack(">I", len(terms)) + b"".join(struct.pack(">I", len(term)) + term for term in terms)
    return struct.pack(">I", len(found)) + zlib.compress(found) if compressed else bytes(4) + found


def container(chunks: Mapping[str, bytes]) -> bytes:
    """A file of these chunks."""
    parts = [
        name.encode("latin-1") + struct.pack(">I", len(data)) + data + bytes(-len(data) % 4)
        for name, data in chunks.items()
    ]
    inner = b"BEAM" + b"".join(parts)
    return b"FOR1" + struct.pack(">I", len(inner)) + inner


def module(code: bytes, **others: bytes) -> Beam:
    """A module `shop` with this code; its atoms are `shop` and `stop`, it imports `lists:map/2`."""
    chunks = {
        "AtU8": atoms_chunk("shop", "stop", "lists", "map"),
        "Code": code_chunk(code),
        "ImpT": table((3, 4, 2)),
        "ExpT": table((2, 0, 2)),
    }
    found = read_beam("shop.beam", container({**chunks, **others}))
    assert isinstance(found, Beam), found
    return found
