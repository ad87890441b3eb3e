"""Folders with compiled modules in; the bytes of such a module under any other name out."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

LARGEST = 1 << 20  # a module of more bytes is not typical


class Donors:
    """All .beam files below some folders, in the order of their names."""

    def __init__(self, folders: Sequence[Path]) -> None:
        paths = sorted((path for folder in folders for path in folder.rglob("*.beam")), key=lambda path: path.name)
        self.files = [data for path in paths if len(data := path.read_bytes()) <= LARGEST and data[:4] == b"FOR1"]
        if not self.files:
            raise SystemExit("no .beam files are there to be copied")

    def beam(self, module: str, generation: str) -> bytes:
        """A module of that name: always the same for the same name, generation and files."""
        number = int.from_bytes(hashlib.sha256(f"{module}:{generation}".encode()).digest()[:8], "big")
        return renamed(self.files[number % len(self.files)], module)


def renamed(data: bytes, module: str) -> bytes:
    """The same module under another name: its first atom. All else refers to that atom by its number."""
    parts = []
    for name, body in _chunks(data):
        new = _with_first_atom(body, module.encode()) if name in (b"AtU8", b"Atom") else body
        parts.append(name + struct.pack(">I", len(new)) + new + bytes(-len(new) % 4))
    whole = b"BEAM" + b"".join(parts)
    return b"FOR1" + struct.pack(">I", len(whole)) + whole


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at + 4)
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + -size % 4


def _with_first_atom(table: bytes, name: bytes) -> bytes:
    """The table of atoms with another first one. Since OTP 28 its count is negative, and lengths are packed."""
    (count,) = struct.unpack_from(">i", table)
    first = table[4]
    if count > 0:
        size, at, head = first, 5, bytes([len(name)])
    elif first & 8:
        size, at, head = (first >> 5) << 8 | table[5], 6, _packed(len(name))
    else:
        size, at, head = first >> 4, 5, _packed(len(name))
    return table[:4] + head + name + table[at + size :]


def _packed(number: int) -> bytes:
    return bytes([number << 4]) if number < 16 else bytes([(number >> 8) << 5 | 8, number & 255])
