"""A timeline in, columns and rows of a picture out; what is too long is put together, in linear time.

A row for each module and a column for each step is all the geometry there is. Where there are more steps than `most`,
a column stands for neighbours of one kind, and if that does not suffice for so many neighbours; rows that look the same
become one.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby

from relupc.model.instruction import name_of
from relupc.model.timeline import MARKS, Event, Mark, Row, Timeline
from relupc.model.value import NamedTuple

#: Of two marks in one column the one that is further left here is drawn.
_FIRST: tuple[Mark, ...] = ("point", "code_change", "load", "remove", "purge", "apply", "suspend", "resume", "read")
assert sorted(_FIRST) == sorted(MARKS), "each mark has a rank"


class Column(NamedTuple):
    """Steps `first` to `last`."""

    first: int
    last: int


class Line(NamedTuple):
    """A row of the picture: its application, what it is called, its marks and stretches by column from 0.

    A stretch leads from one column to another, both included. `rows` are those that it stands for.
    """

    app: str
    label: str
    marks: tuple[tuple[int, Mark], ...]
    still: tuple[tuple[int, int], ...]
    rows: tuple[Row, ...]


class Grid(NamedTuple):
    """Columns, lines, and the column of the point of no return (-1: there is none)."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    point: int

    @property
    def is_cut(self) -> bool:
        """Whether a column stands for several steps."""
        return any(column.first != column.last for column in self.columns)


def grid_of(timeline: Timeline, most_columns: int, most_lines: int) -> Grid:
    """The picture of a timeline, in at most so many columns, and with rows put together if there are more lines."""
    columns = _columns(timeline.events, most_columns)
    starts = [column.first for column in columns]

    def at(step: int) -> int:
        return max(bisect_right(starts, step) - 1, 0)

    lines = []
    for row in timeline.rows:
        marks: dict[int, Mark] = {}
        for step, mark in row.marks:
            place = at(step)
            marks[place] = min(marks.get(place, mark), mark, key=_FIRST.index)
        still = tuple((at(first), at(last)) for first, last in row.still)
        lines.append(Line(row.app, row.label, tuple(sorted(marks.items())), still, (row,)))
    if len(lines) > most_lines:
        lines = _alike(lines)
    if len(lines) > most_lines:
        rest = f"and {len(lines) - most_lines} more rows"
        lines = [*lines[:most_lines], Line("", rest, (), (), ())]
    return Grid(columns, tuple(lines), at(timeline.point) if timeline.point and columns else -1)


def _columns(events: tuple[Event, ...], most: int) -> tuple[Column, ...]:
    """A column for each event; else for each run of one instruction; else runs of equal length."""
    if len(events) <= most:
        return tuple(Column(event.n, event.n) for event in events)
    runs: list[list[Event]] = []
    for event in events:
        if runs and name_of(event.instruction) == name_of(runs[-1][0].instruction) and event.still == runs[-1][0].still:
            runs[-1].append(event)
        else:
            runs.append([event])
    size = -(-len(runs) // max(most - 2, 1))
    parts = [list(part) for _, part in groupby(runs, key=lambda run: run[0].name == "point_of_no_return")]
    groups = [part[i : i + size] for part in parts for i in range(0, len(part), size)]
    return tuple(Column(group[0][0].n, group[-1][-1].n) for group in groups)


def _alike(lines: list[Line]) -> list[Line]:
    """Rows of one application that look the same, as one."""
    found: dict[object, list[Row]] = {}
    for line in lines:
        key = (line.app, line.marks, line.still) if line.rows[0].module else line
        found.setdefault(key, []).extend(line.rows)
    first = {line.rows[0]: line for line in lines}
    joined = []
    for rows in found.values():
        line = first[rows[0]]
        more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        joined.append(line._replace(label=line.label + more, rows=tuple(rows)))
    return joined
