"""What is said of all that a module may be, and of what it is at least -> what is true of the module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from relupc.model.diagnostic import Diagnostic
from relupc.model.value import replace


def of_both(bounds: Any, said: Callable[[Any], Iterable[Diagnostic]]) -> Iterator[Diagnostic]:
    """What rules say of both bounds (model.program.Bounded), in the words of the lower; the milder of the two."""
    milder: dict[object, Diagnostic] = {}
    for d in said(bounds.most):
        known = milder.setdefault((d.code, d.subject), d)
        if d.severity == "note" and known.severity != "note":
            milder[d.code, d.subject] = d
    for d in said(bounds.least):
        if other := milder.get((d.code, d.subject)):
            yield replace(d, severity="note") if other.severity == "note" else d
