"""A Beam in, the names of functions that its code may hold as data: without a look at the code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from relupc.beam.compact import ATOM, EXTENDED, NUMBER, packed
from relupc.beam.literals import inflated
from relupc.beam.opcodes import NAMES
from relupc.beam.raw import BadBeam
from relupc.beam.skip import past
from relupc.model.beam import Beam, Names

# In a literal a module is named with a function at the start of `fun M:F/A` and of a tuple of three; each may be the
# second byte of another match, so that nothing is consumed.
_NAMED = re.compile(rb"(?=(?:q|h\x03)([dsvw]))", re.DOTALL)
_COMPRESSED = b"\x83P"
_IS_TAGGED = bytes((NAMES.index("is_tagged_tuple"),))
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


def tags_of(beam: Beam) -> Mapping[str, frozenset[int]]:
    """The records that its code may ask a value to be, each with the sizes that may be asked for, the tag included.

    Each byte counts that may begin such an instruction, be it one or not.
    """
    code, found = beam.chunks["Code"], dict[str, set[int]]()
    at = code.find(_IS_TAGGED)
    while at >= 0:
        try:
            kind, size, after = packed(code, past(code, past(code, at + 1)))
            other, row, _ = packed(code, after)
        except (IndexError, BadBeam):
            kind, size, other, row = EXTENDED, 0, EXTENDED, 0
        if kind == NUMBER and other == ATOM and 0 < row <= len(beam.atoms):
            found.setdefault(beam.atoms[row - 1], set()).add(size)
        at = code.find(_IS_TAGGED, at + 1)
    return {tag: frozenset(sizes) for tag, sizes in found.items()}


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
