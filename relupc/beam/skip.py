"""The bytes of an argument of an instruction in, out where the next one begins."""

from __future__ import annotations

from relupc.beam.compact import EXTENDED, packed, unsigned
from relupc.beam.raw import BadBeam

FLOAT, LIST, FR, ALLOC, LITERAL, TYPED = range(6)  # what follows the tag EXTENDED
_MAX_NESTED = 4  # lists in lists; the compiler of today nests none


def _step(first: int) -> int:
    """How many bytes an argument has that starts with this one; 0 if that is not seen from the first byte alone."""
    if first & 7 == EXTENDED:
        return 0
    if not first & 0b1000:
        return 1
    if not first & 0b10000:
        return 2
    return 0 if first >> 5 == 7 else 3 + (first >> 5)


STEPS = tuple(map(_step, range(256)))


def past(code: bytes, at: int, nested: int = 0) -> int:
    """The place after an argument that starts at a place."""
    step = STEPS[code[at]]
    if step:
        return at + step
    if code[at] & 7 != EXTENDED:
        return packed(code, at)[2]
    kind, at = code[at] >> 4, at + 1
    if kind == FLOAT:
        return at + 8
    if kind == TYPED:
        return unsigned(code, past(code, at, nested + 1))[1]
    number, at = unsigned(code, at)
    if kind == ALLOC:
        for _ in range(2 * number):
            at = unsigned(code, at)[1]
    elif kind == LIST:
        if nested > _MAX_NESTED:
            raise BadBeam("a list of arguments that is nested too deep")
        for _ in range(number):
            at = past(code, at, nested + 1)
    return at
