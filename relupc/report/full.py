"""A run in, a text for people out: the headline, tables, each diagnostic with its source line, what was done."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.diagnostic import Diagnostic
from relupc.model.source import Span
from relupc.model.value import NamedTuple
from relupc.report import Report, Style, shown
from relupc.report.printable import excerpt, printable, shorten
from relupc.report.statistics import statistics
from relupc.report.verdict import verdict

MAX_LINES = 12  # of one diagnostic
_MAX_NOTES = 2
_MAX_LABELS = 4
_MAX_TEXT = 500  # characters of a label, help or note: a term may be as long as its file
_COLORS = {"error": "31", "warning": "33", "note": "34", "bold": "1", "dim": "2"}


class _Mark(NamedTuple):
    """A place to underline, and what to say there."""

    span: Span
    text: str
    primary: bool


class _Line(NamedTuple):
    """A source line and the places to underline in it; the offsets are those of the line in its source."""

    number: int
    start: int
    end: int
    marks: list[_Mark]


def full(report: Report, style: Style) -> str:
    """Headline, tables, diagnostics, summary, and last the count of problems with what follows from it."""
    if style.quiet > 1:
        return ""
    found = shown(report)
    blocks = [statistics(found)] if style.statistics else list(_findings(report, found, style))
    last = verdict(report, found, quiet=bool(style.quiet))
    if not style.quiet:
        blocks[:0] = ["\n".join(map(printable, report.headline.split("\n"))), report.tables]
        last = "\n".join(filter(None, (report.summary, last)))
    text = "\n\n".join(filter(None, (*blocks, last)))
    return f"{text}\n" if text else ""


def _findings(report: Report, found: list[Diagnostic], style: Style) -> Iterator[str]:
    """The first ones with their source, then a line each."""
    tags = report.command == "lint"  # `compile` has no --fix
    yield from (_frame(d, style, tags) for d in found[: style.max_frames])
    yield "\n".join(printable(d.one_line) for d in found[style.max_frames :])


def _frame(d: Diagnostic, style: Style, tags: bool) -> str:
    """A diagnostic in at most twelve lines: labels that do not fit are named by their place."""
    fix = f" [fix: {'safe' if d.fix.safe else 'unsafe'}]" if tags and d.fix else ""
    many = min(len(d.labels), _MAX_LABELS)
    lines = list(_rows(d, many, style, fix))
    while len(lines) > MAX_LINES and many:
        many -= 1
        lines = list(_rows(d, many, style, fix))
    return "\n".join(lines)


def _rows(d: Diagnostic, many: int, style: Style, fix: str) -> Iterator[str]:
    """The lines with the first `many` labels; `fix` stands at the end of the help."""
    marks = [_Mark(d.span, d.label, True)] if d.span else []
    marks += [_Mark(label.span, label.text, False) for label in d.labels[:many]]
    files = _files(marks)
    gutter = max((len(str(line.number)) for lines in files.values() for line in lines), default=1)
    pad = " " * gutter
    bar = _paint(f"{pad} |", "dim", style)
    title = d.code.title if d.span else d.message
    yield f"{_paint(f'{d.severity}[{d.code.code}]', d.severity, style)}: {_paint(_one(title), 'bold', style)}"
    place = d.span.source.path if d.span else d.path
    if place is not None:
        yield f"{_paint(f'{pad}-->', 'dim', style)} {printable(d.place)}"
    for path, lines in files.items():
        if not (d.span and path == place):
            yield f"{_paint(f'{pad}:::', 'dim', style)} {printable(_point(lines[0].marks[0].span))}"
        yield bar
        yield from _source(lines, gutter, d, style)
    advice = list(_advice(d, many, fix))
    if advice and (files or place is not None):
        yield bar
    for kind, text in advice:
        yield f"{pad} {_paint('=', 'dim', style)} {kind}: {text}"


def _advice(d: Diagnostic, many: int, fix: str) -> Iterator[tuple[str, str]]:
    if d.help or fix:
        yield "help", _one(d.help or (d.fix.title if d.fix else "")) + fix
    hidden = d.labels[many:]
    notes = d.notes[:_MAX_NOTES]
    if hidden:
        places = dict.fromkeys(_point(label.span) for label in hidden[:_MAX_LABELS])
        more = f" and {len(hidden) - _MAX_LABELS} more" if len(hidden) > _MAX_LABELS else ""
        notes = (*notes[: _MAX_NOTES - 1], f"see also {', '.join(places)}{more}")
    yield from (("note", _one(note)) for note in notes)


def _files(marks: list[_Mark]) -> dict[str, list[_Line]]:
    """The lines to show, of each file in their order; the file of the diagnostic itself comes first."""
    found: dict[str, dict[int, _Line]] = {}
    for mark in marks:
        text, at = mark.span.source.text, mark.span.start
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", start)
        lines = found.setdefault(mark.span.source.path, {})
        line = lines.setdefault(start, _Line(mark.span.line, start, len(text) if end < 0 else end, []))
        line.marks.append(mark)
    return {path: [lines[start] for start in sorted(lines)] for path, lines in found.items()}


def _source(lines: list[_Line], gutter: int, d: Diagnostic, style: Style) -> Iterator[str]:
    """The source lines of one file, underlined; `...` where lines are left out."""
    bar = _paint(f"{'':{gutter}} |", "dim", style)
    for i, line in enumerate(lines):
        if i and line.number > lines[i - 1].number + 1:
            yield _paint("...", "dim", style)
        text = line.marks[0].span.source.text[line.start : line.end].removesuffix("\r")
        places = [_within(mark.span, line.start, text) for mark in line.marks]
        shown, columns = excerpt(text, places, style.width - gutter - 3)
        yield f"{_paint(f'{line.number:>{gutter}} |', 'dim', style)} {shown}".rstrip()
        for (column, width), mark in sorted(zip(columns, line.marks, strict=True), key=lambda pair: pair[0]):
            under = f"{('^' if mark.primary else '-') * width} {_one(mark.text)}".rstrip()
            under = _paint(under, d.severity, style) if mark.primary else under
            yield f"{bar} {' ' * column}{under}"


def _within(span: Span, start: int, text: str) -> tuple[int, int]:
    """A span as offsets in the line where it begins; what goes on below is underlined to the end of the line."""
    end = span.end - start
    return span.start - start, end if end <= len(text) else len(text.rstrip())


def _point(span: Span) -> str:
    line, column = span.source.line_col(span.start)
    return f"{span.source.path}:{line}:{column}"


def _one(text: str) -> str:
    """A text for people on one line, not too long."""
    return shorten(printable(text[: 2 * _MAX_TEXT]), _MAX_TEXT)


def _paint(text: str, color: str, style: Style) -> str:
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if style.color else text
