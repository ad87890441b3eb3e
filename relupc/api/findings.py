"""What was met on the way and what rules see -> what there is to say, everything once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from relupc import rules
from relupc.model.codes import A301, A305, A306, D202, D606
from relupc.model.diagnostic import Code, Diagnostic
from relupc.model.value import replace

BETTER = {A306: (A301, A305), D202: (D606,)}


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
    *,
    notes: bool = True,
) -> list[Diagnostic]:
    """What the rules of `codes` say of the values; without `notes` not those that say nothing worse.

    A pass and a rule may both see a mistake at one place. Then the pass is heard, which knows more of the upgrade: what
    it said is among `told`.
    """
    places = {place for d in told if d.span for place in (_place(d), *_labelled(d))}
    return sharpest(surest(once(d for d in rules.run(values, codes, options, notes=notes) if _place(d) not in places)))


def surest(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Without the notes on a place of which another rule of the same code, with more at hand, says worse."""
    several = {code for code, count in Counter(rule.code for rule in rules.rules()).items() if count > 1}
    loud = (d for d in diagnostics if d.span and d.severity != "note" and d.code.code in several)
    worse = {(*_place(d), d.subject.direction) for d in loud}
    return [d for d in diagnostics if d.severity != "note" or (*_place(d), d.subject.direction) not in worse]


def sharpest(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Without what another code tells better of the same module, which knows the code of both builds."""
    said: dict[Code, set[tuple[str | None, str]]] = {}
    for d in diagnostics:
        if d.subject.module:
            said.setdefault(d.code, set()).add((d.subject.app, d.subject.module))
    better = {code: set[object]().union(*(said.get(other, ()) for other in others)) for code, others in BETTER.items()}
    return [d for d in diagnostics if (d.subject.app, d.subject.module) not in better.get(d.code, ())]


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
