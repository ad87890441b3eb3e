"""Timelines in, a row of characters for each module and a column for each step out."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.layout import spell_atom
from relupc.model.timeline import Mark, Planned, Timeline
from relupc.report import Style
from relupc.report.plan_grid import Grid, Line, grid_of
from relupc.report.plan_table import summary
from relupc.report.printable import printable, shorten

SYMBOLS: dict[Mark, str] = {
    "read": "o",
    "point": "|",
    "load": "L",
    "code_change": "C",
    "apply": "A",
    "suspend": "<",
    "resume": ">",
    "remove": "X",
    "purge": "P",
}
STILL = "="
LEGEND = (
    ("o object code read", "< suspend, stop"),
    ("| point of no return", "= suspended"),
    ("L load", "> resume, start"),
    ("C code_change", "X remove"),
    ("A apply, other", "P purge"),
)
_LONGEST_NAME = 40
_MOST_LINES = 60
_GAP = 6  # columns between the picture and what its characters mean


def plan_timeline(planned: Planned, style: Style, *, verbose: bool = False) -> str:
    """A block for each timeline, with an empty line between. A verbose one puts nothing together."""
    return "\n\n".join("\n".join(_block(timeline, style, verbose=verbose)) for timeline in planned.timelines) + "\n"


def _block(timeline: Timeline, style: Style, *, verbose: bool) -> Iterator[str]:
    yield from summary(timeline, verbose=verbose)
    yield ""
    steps = len(timeline.events)
    apps = max((len(_app(row.app)) for row in timeline.rows), default=0)
    names = min(max((len(printable(row.label)) for row in timeline.rows), default=0), _LONGEST_NAME)
    left = apps + 1 + names + 1
    room = max(style.width - left, 20)
    grid = grid_of(timeline, steps if verbose else room, steps if verbose else _MOST_LINES)
    names = min(max((len(printable(line.label)) for line in grid.lines), default=0), _LONGEST_NAME + 12)
    left = apps + 1 + names + 1
    legend = [f"{one:<22} {other}" for one, other in LEGEND]
    beside = left + len(grid.columns) + _GAP + max(map(len, legend)) <= style.width
    yield " " * left + _scale(grid)
    shown = ""
    for number, line in enumerate(grid.lines):
        app = _app(line.app)
        name = shorten(printable(line.label), names)
        text = f"{app if app != shown else '':<{apps}} {name:<{names}} {_cells(line, grid)}"
        shown = app
        yield text + (" " * _GAP + legend[number] if beside and number < len(legend) else "")
    if beside:
        yield from (" " * (left + len(grid.columns) + _GAP) + text for text in legend[len(grid.lines) :])
    else:
        yield from ("", *legend)
    if grid.is_cut:
        yield f"\n{steps} steps in {len(grid.columns)} columns; -v shows each"


def _app(app: str) -> str:
    return printable(spell_atom(app)) if app else ""


def _scale(grid: Grid) -> str:
    """The number of a step above its column: 1, then every fifth."""
    if grid.is_cut:
        return f"{grid.columns[0].first} ... {grid.columns[-1].last}"
    text = ""
    for place, column in enumerate(grid.columns):
        if (column.first == 1 or column.first % 5 == 0) and (place == 0 or len(text) < place):
            text = f"{text:<{place}}{column.first}"
    return text


def _cells(line: Line, grid: Grid) -> str:
    cells = ["."] * len(grid.columns)
    for first, last in line.still:
        cells[first : last + 1] = STILL * (last + 1 - first)
    if grid.point >= 0:
        cells[grid.point] = SYMBOLS["point"]
    for place, mark in line.marks:
        cells[place] = SYMBOLS[mark]
    return "".join(cells)
