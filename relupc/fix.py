"""Diagnostics with fixes and the text of a file in, the text with the fixes made out."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.value import NamedTuple


class Edit(NamedTuple):
    """New characters for those from `start` up to, not including, `end` of a text."""

    start: int
    end: int
    text: str


def wanted(diagnostics: Iterable[Diagnostic], unsafe: bool) -> list[Diagnostic]:
    """Those that can be fixed: not suppressed, with a safe fix, or with any if `unsafe`."""
    return [d for d in diagnostics if d.fix and d.fix.edits and not d.suppressed and (unsafe or d.fix.safe)]


def chosen(diagnostics: Iterable[Diagnostic]) -> tuple[dict[str, list[Edit]], list[Diagnostic]]:
    """Edits by path that do not get in each other's way, in order, and the diagnostics that they fix.

    A fix is made as a whole or not at all; of two that touch the same characters the first one is taken. Fixes with the
    same edits are made once: the ways up and down may show one mistake twice.
    """
    taken: dict[str, list[Edit]] = {}
    seen = set()
    made = []
    for diagnostic in diagnostics:
        edits = _by_path(diagnostic.fix)
        if edits not in seen and _are_apart(edits) and all(_is_free(edit, taken.get(path, [])) for path, edit in edits):
            for path, edit in edits:
                insort(taken.setdefault(path, []), edit)
            seen.add(edits)
        if edits in seen:
            made.append(diagnostic)
    return taken, made


def _by_path(fix: Fix | None) -> tuple[tuple[str, Edit], ...]:
    edits = fix.edits if fix else ()
    return tuple(sorted((span.source.path, Edit(span.start, span.end, text)) for span, text in edits))


def _are_apart(edits: Sequence[tuple[str, Edit]]) -> bool:
    """Whether the edits of one fix, which are in order, have no character in common; they may touch."""
    return all(path != other or one.end <= two.start for (path, one), (other, two) in pairwise(edits))


def _is_free(edit: Edit, others: list[Edit]) -> bool:
    """Whether an edit has no character in common with those of other fixes; what is put in needs room on both sides."""
    at = bisect_left(others, edit)
    around = (*others[max(at - 1, 0) : at], edit, *others[at : at + 1])
    return all(_apart(one, other) for one, other in pairwise(around))


def _apart(one: Edit, other: Edit) -> bool:
    """Whether the first of two edits ends before the second begins."""
    empty = one.start == one.end or other.start == other.end
    return one.end < other.start if empty else one.end <= other.start


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made that are in order and apart. What is put in gets the line ends of the text."""
    parts, pos = [], 0
    crlf = "\r\n" in text
    for edit in edits:
        new = re.sub(r"\r?\n", "\r\n", edit.text) if crlf else edit.text
        parts += [text[pos : edit.start], new]
        pos = edit.end
    return "".join([*parts, text[pos:]])
