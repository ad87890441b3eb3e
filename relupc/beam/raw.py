"""What all readers of a compiled module share: the fault, the diagnostic of it, and bounds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from relupc.model.codes import T014
from relupc.model.diagnostic import Diagnostic, Subject

MAX_BYTES = 64 * 1024 * 1024  # of a file, and of what is compressed in it
MAX_ROWS = 1 << 20  # of a table; by default OTP has no more atoms than this
MAX_ARITY = 255  # of OTP
_GZIP = 31  # zlib's number for data with the header of gzip
_ZLIB = 15


class BadBeam(Exception):  # noqa: N818 - it is no error of the program, but of the file
    """The file is not what OTP's compiler writes. The text of the exception says where it is not."""


def unreadable(path: str, fault: str, module: str | None = None) -> Diagnostic:
    """The diagnostic for a fault."""
    advice = "compile it again with an OTP from 23 to 28"
    return T014.at(None, fault, path=path, help=advice, subject=Subject(module=module))


def u32(data: bytes, at: int) -> int:
    """The number in four bytes at a place."""
    if at + 4 > len(data):
        raise BadBeam("a part of it is cut short")
    return int.from_bytes(data[at : at + 4], "big")


def found_at(data: bytes, part: bytes) -> Iterator[int]:
    """Wherever these bytes are."""
    at = data.find(part)
    while at >= 0:
        yield at
        at = data.find(part, at + 1)


def rows(data: bytes, what: str) -> int:
    """How many rows a table says it has, in its first four bytes."""
    count = u32(data, 0)
    within(count, what)
    return count


def within(count: int, what: str) -> None:
    """Refuse a table of too many rows."""
    if count > MAX_ROWS:
        raise BadBeam(f"{count} {what}, but relupc reads no more than {MAX_ROWS}")


def inflate(data: bytes, *, gzip: bool = False, limit: int = MAX_BYTES) -> bytes:
    """What was compressed, if it is no more than `limit` bytes. What follows the compressed data is left out."""
    decoder = zlib.decompressobj(_GZIP if gzip else _ZLIB)
    try:
        found = decoder.decompress(data, limit + 1)
    except zlib.error:
        raise BadBeam("its compressed data are damaged") from None
    if len(found) > limit:
        raise BadBeam(f"its compressed data come to more than {limit} bytes")
    if not decoder.eof:
        raise BadBeam("its compressed data are cut short")
    return found
