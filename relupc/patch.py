"""Two contents of a file in, their difference as `git apply` takes it out.

Not with difflib: that takes half a minute for a long file with many small changes, which is what fixes make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from relupc.model.value import NamedTuple

CONTEXT = 3
MAX_AHEAD = 300  # lines to look ahead for where both texts go on alike; behind that all counts as changed
_ODD_IN_PATH = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES = {"\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", '"': '"', "\\": "\\"}


class Change(NamedTuple):
    """Lines `start` up to, not including, `end` of the old text, and those of the new one that stand in their place."""

    start: int
    end: int
    new_start: int
    new_end: int


def patch(path: str, old: bytes, new: bytes) -> bytes:
    """The difference; empty if there is none. `path` is relative to the working folder."""
    before, after = _lines(old), _lines(new)
    text = [line for hunk in _hunks(list(changes(before, after))) for line in _shown(hunk, before, after)]
    names = [f"{mark} {_name(f'{side}/{path}')}\n".encode(errors="surrogateescape") for mark, side in _SIDES]
    return b"".join([*names, *text]) if text else b""


_SIDES = (("---", "a"), ("+++", "b"))


def changes(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[Change]:
    """What differs between two sequences of lines, in order."""
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and old[i] == new[j]:
            i, j = i + 1, j + 1
            continue
        end, new_end = _next_alike(old, new, i, j)
        yield Change(i, end, j, new_end)
        i, j = end, new_end


def _next_alike(old: Sequence[bytes], new: Sequence[bytes], i: int, j: int) -> tuple[int, int]:
    """Where both go on alike, as near as can be; the ends of both if that is far away.

    One line tells where as many lines were changed as there are now, two where there are more or less.
    """
    for ahead in range(1, MAX_AHEAD):
        for step in range(ahead + 1):
            one, other = i + step, j + ahead - step
            size = 1 if 2 * step == ahead else 2
            if one <= len(old) and other <= len(new) and old[one : one + size] == new[other : other + size]:
                return one, other
    return len(old), len(new)


def _hunks(found: list[Change]) -> Iterator[list[Change]]:
    """Changes that are so near that their context would overlap stand in one hunk."""
    hunk: list[Change] = []
    for change in found:
        if hunk and change.start - hunk[-1].end > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _shown(hunk: list[Change], old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
    first, last = hunk[0], hunk[-1]
    above, below = min(CONTEXT, first.start), min(CONTEXT, len(old) - last.end)
    sides = (
        _range(first.start - above, last.end + below),
        _range(first.new_start - above, last.new_end + below),
    )
    yield f"@@ -{sides[0]} +{sides[1]} @@\n".encode()
    at = first.start - above
    for change in hunk:
        yield from (_line(b" ", line) for line in old[at : change.start])
        yield from (_line(b"-", line) for line in old[change.start : change.end])
        yield from (_line(b"+", line) for line in new[change.new_start : change.new_end])
        at = change.end
    yield from (_line(b" ", line) for line in old[at : at + below])


def _range(start: int, end: int) -> str:
    """Lines count from 1; of none the one before is named."""
    return f"{start + (end > start)},{end - start}"


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + b"\n\\ No newline at end of file\n"


def _lines(text: bytes) -> list[bytes]:
    """Lines with their ends; only a newline ends one, as in git."""
    return [line for line in re.split(rb"(?<=\n)", text) if line]


def _name(path: str) -> str:
    """A path as git writes it into a patch: in quotes where it must be, before a tab if it holds a blank."""
    if _ODD_IN_PATH.search(path):
        return '"' + _ODD_IN_PATH.sub(lambda found: _escaped(found[0]), path) + '"'
    return f"{path}\t" if " " in path else path


def _escaped(char: str) -> str:
    return "\\" + (_ESCAPES.get(char) or f"{ord(char):03o}")
