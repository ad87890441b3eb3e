"""Diagnostics in, one line each out: for long lists, grep, and editors that read `path:line:column`."""

from __future__ import annotations

from relupc.report import Report, Style, shown
from relupc.report.printable import printable
from relupc.report.statistics import statistics


def concise(report: Report, style: Style) -> str:
    """One line per diagnostic, or per code, and nothing else; nothing at all if there are none."""
    if style.quiet > 1:
        return ""
    found = shown(report)
    lines = statistics(found, head=False).splitlines() if style.statistics else [printable(d.one_line) for d in found]
    return "".join(f"{line}\n" for line in lines)
