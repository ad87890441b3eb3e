"""The chunk Line in, the places out that `line` instructions name by their row."""

from __future__ import annotations

from relupc.beam.compact import ATOM, INTEGER, packed
from relupc.beam.raw import BadBeam, u32, within
from relupc.model.beam import Lines

_HEADER = 20
_VERSION = 0


def read_lines(data: bytes | None, module: str) -> Lines:
    """Without the chunk, or with one of another version, which OTP does not read either, there are no places.

    A file that was not switched is `MODULE.erl`, as the loader of OTP (beam_file.c) has it.
    """
    if data is None or u32(data, 0) != _VERSION:
        return Lines((), ())
    count, files = u32(data, 12), u32(data, 16)
    within(count, "lines")
    within(files, "files")
    try:
        rows, at = _rows(data, count)
        names = (f"{module}.erl", *_names(data, at, files))
    except IndexError:
        raise BadBeam("its line numbers are cut short") from None
    if any(file >= len(names) for file, _ in rows):
        raise BadBeam("a line of a file that it does not name")
    return Lines(names, rows)


def _rows(data: bytes, count: int) -> tuple[tuple[tuple[int, int], ...], int]:
    """The numbers of file and line of each row, and the place after the last."""
    found = [(0, 0)]
    at, file = _HEADER, 0
    while len(found) <= count:
        tag, number, at = packed(data, at)
        if tag == INTEGER and number >= 0:
            found.append((file, number))
        elif tag == ATOM:
            file = number
        else:
            raise BadBeam("something else where a line number should be")
    return tuple(found), at


def _names(data: bytes, at: int, count: int) -> list[str]:
    """The names of files; compilers before OTP 20 wrote them in Latin-1."""
    found: list[str] = []
    for _ in range(count):
        size = data[at] << 8 | data[at + 1]
        name = data[at + 2 : at + 2 + size]
        at += 2 + size
        if at > len(data):
            raise IndexError
        try:
            found.append(name.decode())
        except UnicodeDecodeError:
            found.append(name.decode("latin-1"))
    return found
