"""Where something was written: a text with its path, and a stretch of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from relupc.model.value import NamedTuple, dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A text that was read, and the path as the user wrote it. Two sources are never equal, only the same."""

    path: str
    text: str

    def line_col(self, offset: int) -> tuple[int, int]:
        """Line and column of a character offset, both from 1. Lines end at a newline, as in Erlang."""
        starts = _line_starts(self)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def offset(self, number: int) -> int:
        """Where a line begins, counted from 1; where the text ends if it has fewer lines."""
        starts = _line_starts(self)
        return starts[number - 1] if number <= len(starts) else len(self.text)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        starts = _line_starts(self)
        if number > len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].removesuffix("\r")


@lru_cache(maxsize=4)  # many diagnostics of one file ask one after the other
def _line_starts(source: Source) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", source.text))]


class Span(NamedTuple):
    """Characters `start` up to, not including, `end` of a source."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.source.line_col(self.start)[0]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def extent(self) -> Extent:
        """Lines and columns of both ends."""
        line, column = self.source.line_col(self.start)
        inside = self.text  # counted from the start: to count twice from the file's beginning would take twice as long
        breaks = inside.count("\n")
        end = len(inside) - inside.rindex("\n") if breaks else column + len(inside)
        return Extent(line, column, line + breaks, end)


class Extent(NamedTuple):
    """Where a stretch of text begins, and where it ends, just past its last character; all from 1."""

    line: int
    column: int
    end_line: int
    end_column: int
