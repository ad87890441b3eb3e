"""A run in, workflow commands out: lines that GitHub Actions shows beside the lines of a pull request."""

from __future__ import annotations

from relupc.model.diagnostic import Diagnostic
from relupc.report import Report, Style, shown
from relupc.report.place import from_root
from relupc.report.printable import printable

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
# What ends a text or a property of a command; the runner undoes this and nothing else.
_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def github(report: Report, _style: Style) -> str:
    """One command per finding. Columns are left out where a finding ends on another line: GitHub refuses them there."""
    return "".join(f"{_command(report, d)}\n" for d in shown(report))


def _command(report: Report, d: Diagnostic) -> str:
    properties = {} if d.file is None else {"file": printable(from_root(report, d.file))}
    if d.span:
        line, column, end_line, end_column = d.span.extent
        where = [("line", line), ("col", column), ("endLine", end_line), ("endColumn", end_column)]
        properties |= {name: str(value) for name, value in (where if line == end_line else where[::2])}
    properties["title"] = f"{d.code.code} {d.code.name}"
    said = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties.items())
    text = "\n".join(printable(part) for part in (d.message, d.help) if part)
    return f"::{_COMMANDS[d.severity]} {said}::{text.translate(_TEXT)}"
