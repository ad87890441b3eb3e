"""Diagnostics in, those that anybody reads out: in one file no more than 1,000 of a code, and a word of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from relupc.model.codes import T015
from relupc.model.diagnostic import MAX_ALIKE, Diagnostic


def some(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Of one rule, up to the first that is one too many in its file: `bounded` sees by it that there are more."""
    counts: Counter[str | None] = Counter()
    for d in diagnostics:
        yield d
        counts[d.file] += 1
        if counts[d.file] > MAX_ALIKE:
            return


def bounded(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The first of each code in each file, in the order given, and T015 with the severity of the first left out."""
    counts: Counter[tuple[str | None, str]] = Counter()
    kept: list[Diagnostic] = []
    for d in diagnostics:
        key = (d.file, d.code.code)
        counts[key] += 1
        if counts[key] <= MAX_ALIKE:
            kept.append(d)
        elif counts[key] == MAX_ALIKE + 1:
            kept.append(_more(d))
    return kept


def _more(d: Diagnostic) -> Diagnostic:
    return T015.at(
        None,
        f"more than {MAX_ALIKE:,} of {d.code.code}, the others are not shown",
        path=d.file,
        help="mend these first: often one mistake of one script is behind all of them",
        severity=d.severity,
    )
