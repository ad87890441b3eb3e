"""What was met on the way and what rules see -> what there is to say, everything once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from relupc import rules
from relupc.model.diagnostic import Diagnostic


def once(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Without those that say the same of the same place again: a file may be named twice, an entry used twice."""
    kept: dict[object, Diagnostic] = {}
    for d in diagnostics:
        kept.setdefault((*_place(d), d.label, d.subject.direction), d)
    return list(kept.values())


def ruled(
    values: Iterable[object],
    codes: Collection[str],
    options: Mapping[str, Mapping[str, int]],
    told: Iterable[Diagnostic],
) -> list[Diagnostic]:
    """What the rules of `codes` say of the values.

    A pass and a rule may both see a mistake at one place. Then the pass is heard, which knows more of the upgrade: what
    it said is among `told`.
    """
    places = {place for d in told if d.span for place in (_place(d), *_labelled(d))}
    return once(d for d in rules.run(values, codes, options) if _place(d) not in places)


def by_hand(diagnostics: Iterable[Diagnostic], scripts: Collection[str]) -> list[Diagnostic]:
    """Without the fixes in these files: a value that was made by code, or is used twice, is not where it is written."""
    return [
        replace(d, fix=None) if d.fix and any(e[0].source.path in scripts for e in d.fix.edits) else d
        for d in diagnostics
    ]


def _labelled(d: Diagnostic) -> Iterator[tuple[object, ...]]:
    """The other places that it shows."""
    return ((d.code, label.span.source.path, label.span[1:]) for label in d.labels)


def _place(d: Diagnostic) -> tuple[object, ...]:
    return d.code, d.file, d.span[1:] if d.span else None
