"""Numbers and tags as the compiler packs them: small ones in a byte, any in more (beam_asm:encode/2 of OTP)."""

from __future__ import annotations

from relupc.beam.raw import BadBeam

NUMBER, INTEGER, ATOM, _X, _Y, LABEL, _CHARACTER, EXTENDED = range(8)  # the tags, in the first byte's three low bits
MAX_NUMBER = 1660  # bytes; about the 4,000 digits that relupc takes of a written integer
_WIDE = 7  # in place of a width: the width follows as a number


def packed(data: bytes, at: int) -> tuple[int, int, int]:
    """The tag, the number, and the place after it. Only with the tag INTEGER can the number be negative."""
    first = data[at]
    if not first & 0b1000:
        return first & 7, first >> 4, at + 1
    if not first & 0b10000:
        return first & 7, (first & 0b11100000) << 3 | data[at + 1], at + 2
    start, width = _width(data, at)
    if width > MAX_NUMBER or start + width > len(data):
        raise BadBeam(f"a number of {width} bytes")
    number = int.from_bytes(data[start : start + width], "big", signed=first & 7 == INTEGER)
    return first & 7, number, start + width


def unsigned(data: bytes, at: int) -> tuple[int, int]:
    """A number with the tag NUMBER, and the place after it."""
    tag, number, at = packed(data, at)
    if tag != NUMBER:
        raise BadBeam("something else where a number should be")
    return number, at


def _width(data: bytes, at: int) -> tuple[int, int]:
    """Where the bytes of a long number start, and how many there are."""
    if data[at] >> 5 < _WIDE:
        return at + 1, (data[at] >> 5) + 2
    if data[at + 1] & 0b11000 == 0b11000:
        raise BadBeam("a number whose length is itself long")
    width, start = unsigned(data, at + 1)
    return start, width + 9


def spelled(tag: int, number: int) -> bytes:
    """The shortest way to write a number that is not negative, as the compiler does."""
    if number < 16:
        return bytes((number << 4 | tag,))
    if number < 2048:
        return bytes((number >> 3 & 0b11100000 | 0b1000 | tag, number & 0xFF))
    width = number.bit_length() // 8 + 1
    return bytes((width - 2 << 5 | 0b11000 | tag,)) + number.to_bytes(width, "big")
