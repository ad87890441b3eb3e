"""Diagnostics in, the same out, those marked that are not to be shown: by a comment, the configuration, a baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from relupc.model.diagnostic import Diagnostic
from relupc.model.glob import covers
from relupc.model.selection import ALWAYS, codes_meant
from relupc.model.value import replace

MARK = "relupc:"  # in every ignore comment


def by_paths(
    diagnostics: Iterable[Diagnostic], ignores: Mapping[str, tuple[str, ...]], inside: Callable[[str], str | None]
) -> list[Diagnostic]:
    """Mark what the configuration ignores in files that fit a pattern.

    `inside` gives a path as the folder of the configuration has it; None for what is elsewhere.
    """
    if not ignores:
        return list(diagnostics)
    codes = {pattern: {code.code for word in words for code in codes_meant(word)} for pattern, words in ignores.items()}
    known: dict[str, frozenset[str]] = {}

    def ignored_in(path: str) -> frozenset[str]:
        if path not in known:
            place = inside(path)
            fitting = [codes[pattern] for pattern in ignores if place is not None and covers(pattern, place)]
            known[path] = frozenset().union(*fitting) - ALWAYS
        return known[path]

    return [
        replace(d, suppressed="config") if not d.suppressed and d.file and d.code.code in ignored_in(d.file) else d
        for d in diagnostics
    ]
