"""A proposed appup -> the text of its file, for people to read and to change."""

from __future__ import annotations

from collections.abc import Iterable

from relupc.model.proposal import ProposedAppup, Suggestion
from relupc.model.term import string
from relupc.model.typed import typed

ENCODING = "%% coding: utf-8\n"


def text_of(appup: ProposedAppup, *, source: bool = False) -> str:
    """The file: each instruction on a line of its own, below a comment where it is not sure.

    A `source` (an .appup.src) has the variable `VSN`, which build tools bind, in place of its version.
    """
    vsn = "VSN" if source else typed(string(appup.vsn))
    up = _way((one.old, one.up) for one in appup.entries)
    down = _way((one.old, one.down) for one in appup.entries)
    text = f"{{{vsn},\n {up},\n {down}}}.\n"
    return text if text.isascii() else ENCODING + text


def _way(entries: Iterable[tuple[str, tuple[Suggestion, ...]]]) -> str:
    return "[" + ",\n  ".join(entry_text(old, map(lines_of, way), column=2) for old, way in entries) + "]"


def lines_of(suggestion: Suggestion) -> tuple[str, ...]:
    """The lines of an instruction, with the comment above it."""
    text = typed(suggestion.instruction)
    if suggestion.confidence == "sure":
        return (text,)
    return f"%% {suggestion.confidence}: {suggestion.why}", text


def entry_text(old: str, instructions: Iterable[tuple[str, ...]], *, column: int) -> str:
    """An entry whose brace stands in `column`, counted from 0, from the lines of its instructions."""
    gap = "\n" + " " * (column + 2)
    blocks = [gap.join(lines) for lines in instructions]
    script = f"{gap[:-1]}[" + f",{gap}".join(blocks) + "]" if blocks else " []"
    return f"{{{typed(string(old))},{script}}}"
