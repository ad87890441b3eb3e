"""Timelines in, a picture out: a row for each module, a column for each step; nothing else is needed to see it.

Names come from the input: every text is made printable and escaped. Each row can be focused, and says in words what it
shows; the marks have letters, so that nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from relupc.model.layout import spell_atom
from relupc.model.timeline import Mark, Planned, Timeline
from relupc.model.value import NamedTuple
from relupc.report import Style
from relupc.report.plan_colors import STYLE
from relupc.report.plan_grid import Grid, Line, grid_of
from relupc.report.plan_timeline import SYMBOLS
from relupc.report.plan_words import restarts, stretch, stretches, version_of
from relupc.report.printable import printable, shorten

WORDS: dict[Mark, str] = {
    "read": "object code read",
    "load": "load",
    "code_change": "code_change",
    "apply": "apply, other",
    "suspend": "suspend, stop",
    "resume": "resume, start",
    "remove": "remove",
    "purge": "purge",
}
MOST_COLUMNS, MOST_LINES = 120, 150
_CHAR, _ROW, _PAD = 7.25, 22, 16  # a letter's width, a row's height, the room around
_HEAD, _FOOT = 88, 44
_LONGEST_NAME = 44
_LEAST_WIDTH = 760
_FITS = ' style="max-width:100%;height:auto"'  # where the picture stands alone


class Picture(NamedTuple):
    """The inside of a picture, its size, and what is in it in words."""

    text: str
    width: int
    height: int
    words: str


def plan_svg(planned: Planned, _style: Style, *, verbose: bool = False) -> str:
    """One file with the pictures of all timelines, one below the other."""
    pictures = [picture(timeline, verbose=verbose) for timeline in planned.timelines]
    parts, top = [], 0
    for one in pictures:
        parts.append(f'<g transform="translate(0 {top})">\n{one.text}</g>\n')
        top += one.height
    width = max((one.width for one in pictures), default=_LEAST_WIDTH)
    whole = Picture("".join(parts), width, top, " ".join(one.words for one in pictures))
    title = safe("; ".join(timeline.headline for timeline in planned.timelines))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'{opening(whole, "plan", _FITS)}\n<title id="plan-title">{title}</title>\n'
        f'<desc id="plan-desc">{safe(whole.words)}</desc>\n<style>\n{STYLE}</style>\n'
        f'<rect class="bg" width="{width}" height="{top}"/>\n{whole.text}</svg>\n'
    )


def opening(picture: Picture, name: str, style: str = "") -> str:
    """The first tag of a picture whose title and description are called after `name`."""
    width, height = picture.width, picture.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plan" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"{style} role="graphics-document" aria-labelledby="{name}-title" '
        f'aria-describedby="{name}-desc">'
    )


def picture(timeline: Timeline, *, verbose: bool = False) -> Picture:
    """The picture of one timeline."""
    grid = grid_of(timeline, len(timeline.events) if verbose else MOST_COLUMNS, MOST_LINES)
    labels = [_label(line) for line in grid.lines]
    left = round(_PAD + _CHAR * max(map(len, labels), default=0) + 28)
    cell = 22 if len(grid.columns) <= 34 else 16 if len(grid.columns) <= 48 else 11
    layout = _Layout(left, cell, grid)
    body = "".join(_body(timeline, layout, labels))
    rows = sum(2 if line.app != before else 1 for line, before in _with_app_before(grid))
    width = max(left + cell * len(grid.columns) + _PAD, _LEAST_WIDTH)
    return Picture(body, width, _HEAD + _ROW * rows + _FOOT, _words(timeline))


class _Layout(NamedTuple):
    left: int
    cell: int
    grid: Grid

    @property
    def right(self) -> int:
        return self.left + self.cell * len(self.grid.columns)


def _body(timeline: Timeline, layout: _Layout, labels: list[str]) -> Iterator[str]:
    grid = layout.grid
    what = f"{timeline.headline}, {restarts(timeline)}"
    yield f'<text class="h" x="{_PAD}" y="28">{safe(what)}</text>\n'
    yield f'<text class="dim" x="{_PAD}" y="48">verdict: {safe(timeline.verdict.name)}</text>\n'
    yield from _scale(layout)
    top = _HEAD
    for (line, before), label in zip(_with_app_before(grid), labels, strict=True):
        if line.app != before:
            name = spell_atom(line.app) if line.app else "other"
            text = f"{name} {version_of(line.app, timeline)}".strip()
            yield f'<text class="app" x="{_PAD}" y="{top + 15}">{safe(text)}</text>\n'
            top += _ROW
        yield from _row(line, label, top, layout)
        top += _ROW
    if grid.point >= 0:
        x = layout.left + layout.cell * grid.point + layout.cell // 2
        yield f'<line class="point" x1="{x}" y1="{_HEAD - 4}" x2="{x}" y2="{top}"/>\n'
        yield f'<text class="pt" x="{x + 4}" y="{_HEAD - 24}">point of no return</text>\n'
    yield from _legend(top + 26)


def _with_app_before(grid: Grid) -> Iterator[tuple[Line, str | None]]:
    before: str | None = None
    for line in grid.lines:
        yield line, before
        before = line.app


def _scale(layout: _Layout) -> Iterator[str]:
    """Numbers of steps: all where there is room, else the first and each fifth."""
    columns = layout.grid.columns
    cut = layout.grid.is_cut
    for place, column in enumerate(columns):
        if layout.cell >= 22 or place == 0 or (place % 10 == 9 if cut else column.first % 5 == 0):
            x = layout.left + layout.cell * place + layout.cell // 2
            yield f'<text class="n" x="{x}" y="{_HEAD - 8}">{column.first}</text>\n'


def _row(line: Line, label: str, top: int, layout: _Layout) -> Iterator[str]:
    words = safe(f"{label}: {_in_words(line, layout.grid)}")
    yield f'<g class="row" tabindex="0" role="graphics-object" aria-label="{words}"><title>{words}</title>'
    yield f'<rect class="band" x="{_PAD}" y="{top + 1}" width="{layout.right - _PAD}" height="{_ROW - 2}" rx="3"/>'
    yield f'<text x="{_PAD + 12}" y="{top + 15}">{safe(label)}</text>'
    for first, last in line.still:
        x, width = layout.left + layout.cell * first, layout.cell * (last + 1 - first)
        yield f'<rect class="still" x="{x}" y="{top + 3}" width="{width}" height="{_ROW - 6}"/>'
    for place, mark in line.marks:
        x, side = layout.left + layout.cell * place, layout.cell
        yield f'<rect class="{mark}" x="{x + 1}" y="{top + 3}" width="{side - 2}" height="{_ROW - 6}" rx="2"/>'
        letter = escape(SYMBOLS[mark])
        yield f'<text class="m" x="{x + side // 2}" y="{top + 15}">{letter}</text>'
    yield "</g>\n"


def _legend(top: int) -> Iterator[str]:
    x = _PAD
    for mark, words in WORDS.items():
        yield f'<rect class="{mark}" x="{x}" y="{top - 11}" width="14" height="14" rx="2"/>'
        yield f'<text class="m" x="{x + 7}" y="{top}">{escape(SYMBOLS[mark])}</text>'
        yield f'<text class="dim" x="{x + 18}" y="{top}">{words}</text>\n'
        x += round(26 + 6.7 * len(words))
    yield f'<rect class="still" x="{x}" y="{top - 11}" width="14" height="14"/>'
    yield f'<text class="dim" x="{x + 18}" y="{top}">suspended</text>\n'


def _label(line: Line) -> str:
    return shorten(printable(line.label), _LONGEST_NAME)


def _in_words(line: Line, grid: Grid) -> str:
    """`object code read in step 3, suspended in steps 9-15, load in step 13`."""
    columns = grid.columns
    parts = [
        f"{WORDS.get(mark, mark)} in step{'s' if columns[place].first != columns[place].last else ''} "
        f"{stretch(*columns[place])}"
        for place, mark in line.marks
    ]
    parts += [f"suspended in steps {columns[a].first}-{columns[b].last}" for a, b in line.still]
    return ", ".join(parts)


def _words(timeline: Timeline) -> str:
    """A picture in words, for those who do not see it."""
    still = "; ".join(stretches(timeline.suspensions)[:10]) or "nothing"
    point = f" The point of no return is step {timeline.point}." if timeline.point else ""
    return f"{timeline.headline}, {restarts(timeline)}. Verdict: {timeline.verdict.name}. Suspended: {still}.{point}"


def safe(text: str) -> str:
    """Any text, as it may stand in XML and HTML, in quotes too."""
    return escape(printable(text))
