"""Any text in, text that is safe and lines up in a terminal out: escapes, columns, a long line cut around a place."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right

TAB = 8  # columns, as Erlang's own editors have it
CUT = "..."
_LEAST_ROOM = 20  # columns; a narrower terminal has to wrap


def printable(text: str) -> str:
    """One line of printable text: lines are joined by a space, a character that does not print becomes `\\x{1B}`.

    That holds for spaces other than the plain one and for marks that change the direction of writing, too.
    """
    if text.isprintable():
        return text
    joined = " ".join(line for part in text.split("\n") if (line := part.strip(" \t\r")))
    return "".join(map(_escaped, joined.replace("\t", " ")))


def shorten(text: str, width: int) -> str:
    """The text, cut to `width` characters with `...` at its end if it is longer."""
    return text if len(text) <= width else text[: width - len(CUT)] + CUT


def excerpt(line: str, places: list[tuple[int, int]], room: int) -> tuple[str, list[tuple[int, int]]]:
    """A source line as it is shown in `room` columns, and for each place in it its column from 0 and its width.

    A place is a pair of character offsets in the line, the second just past its end. Where the line is too
    long it is cut on both sides, so that the first place is seen; a place that is cut off is
    where the `...` is. No width is below 1.
    """
    room = max(room, _LEAST_ROOM)
    first = min(max(places[0][0], 0), len(line))
    begin, end = max(first - 2 * room, 0), first + 2 * room  # more characters than ever fit
    cells, at = _cells(line[begin:end])
    low, high = 0, len(cells)
    if at[-1] > room or begin or end < len(line):
        low, high = _window(at, first - begin, room - 2 * len(CUT))
    before = CUT if begin + low else ""
    after = CUT if begin + high < len(line) else ""
    kept = at[high] - at[low]
    shown = []
    for start, stop in places:
        left, right = (at[min(max(offset - begin, low), high)] - at[low] for offset in (start, stop))
        if before and right == 0:
            shown.append((0, len(before)))
        elif after and left == kept:
            shown.append((len(before) + kept, len(after)))
        else:
            shown.append((len(before) + left, max(right - left, 1)))
    return before + "".join(cells[low:high]) + after, shown


def _cells(text: str) -> tuple[list[str], list[int]]:
    """What each character is shown as, and the column where each begins; one more for the end."""
    cells: list[str] = []
    at = [0]
    for char in text:
        cell = " " * (TAB - at[-1] % TAB) if char == "\t" else _escaped(char)
        cells.append(cell)
        at.append(at[-1] + (_width(cell) if len(cell) == 1 else len(cell)))
    return cells, at


def _window(at: list[int], first: int, room: int) -> tuple[int, int]:
    """The characters that are kept: a third of the room is for what stands before the place."""
    left = max(min(at[first] - room // 3, at[-1] - room), 0)
    if left <= len(CUT):
        left = 0
    return bisect_left(at, left), bisect_right(at, left + room) - 1


def _escaped(char: str) -> str:
    return char if char.isprintable() else f"\\x{{{ord(char):X}}}"


def _width(char: str) -> int:
    """Columns in a terminal: 2 for wide East Asian characters, 0 for what combines with the one before."""
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
