"""Findings in, a table with a line for each code out: how many there are, and how many `--fix` can take away."""

from __future__ import annotations

from collections import defaultdict

from relupc.model.diagnostic import Diagnostic

_HEAD = ("count", "code", "name", "severity", "fixable")


def statistics(found: list[Diagnostic], *, head: bool = True) -> str:
    """The most frequent first; of equal ones by code. Empty if nothing was found."""
    groups: dict[tuple[str, str, str], list[Diagnostic]] = defaultdict(list)
    for d in found:
        groups[d.code.code, d.code.name, d.severity].append(d)
    rows = [(str(len(ds)), *key, _fixable(ds)) for key, ds in groups.items()]
    rows.sort(key=lambda row: (-int(row[0]), row))
    if not rows:
        return ""
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    above = [_HEAD, tuple("-" * width for width in widths)] if head else []
    return "\n".join(_line(row, widths) for row in (*above, *rows))


def _fixable(ds: list[Diagnostic]) -> str:
    """`2 safe, 1 unsafe`."""
    safe = sum(d.fix is not None and d.fix.safe for d in ds)
    unsafe = sum(d.fix is not None for d in ds) - safe
    return ", ".join(f"{count} {word}" for count, word in ((safe, "safe"), (unsafe, "unsafe")) if count) or "-"


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    count, *rest = row
    cells = (text.ljust(width) for text, width in zip(rest, widths[1:], strict=True))
    return "  ".join((count.rjust(widths[0]), *cells)).rstrip()
