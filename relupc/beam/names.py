"""A Beam in, the names of functions that its code may hold as data: without a look at the code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relupc.beam.literals import inflated
from relupc.beam.raw import BadBeam
from relupc.model.beam import Beam, Names

# In a literal a module is named with a function at the start of `fun M:F/A` and of a tuple of three; each may be the
# second byte of another match, so that nothing is consumed.
_NAMED = re.compile(rb"(?=(?:q|h\x03)([dsvw]))", re.DOTALL)
_COMPRESSED = b"\x83P"
_WIDTHS = {tag: 2 if tag in b"dv" else 1 for tag in b"dsvw"}  # of the length of an atom


def names_of(beam: Beam) -> Names | None:
    """All atoms, and the modules and functions that stand together in literals; None if that cannot be told so."""
    try:
        table = inflated(beam.chunks["LitT"]) if "LitT" in beam.chunks else b""
    except BadBeam:
        return None
    if _COMPRESSED in table:
        return None
    return Names(frozenset(beam.atoms), table, frozenset(_pairs(table)))


def _pairs(table: bytes) -> Iterator[tuple[str, str]]:
    for found in _NAMED.finditer(table):
        module, at = _atom(table, found.start(1))
        name, at = _atom(table, at) if module else (None, at)
        if module and name:
            yield module, name


def _atom(table: bytes, at: int) -> tuple[str | None, int]:
    """The atom at a place, if there is one, and the place after it."""
    width = _WIDTHS.get(table[at], 0) if at < len(table) else 0
    start = at + 1 + width
    end = start + int.from_bytes(table[at + 1 : start], "big")
    try:
        return (table[start:end].decode(), end) if width else (None, end)
    except UnicodeDecodeError:
        return table[start:end].decode("latin-1"), end
