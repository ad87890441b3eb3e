"""Diagnostics in, one line each out: for long lists, grep, and editors that read `path:line:column`."""

from __future__ import annotations

from relupc.report import Report, Style, distinct
from relupc.report.printable import printable


def concise(report: Report, style: Style) -> str:
    """One line per diagnostic and nothing else; nothing at all if there are none."""
    if style.quiet > 1:
        return ""
    return "".join(f"{printable(d.one_line)}\n" for d in distinct(report.diagnostics))
