"""A109 emulator-restart-instruction: it takes the whole node down, and whatever else the upgrade would have kept."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A109
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import RESTART_EMULATOR, RESTART_NEW_EMULATOR
from relupc.model.lint import EntryPlan
from relupc.model.term import as_atom

ON = EntryPlan
CORE = ("erts", "kernel", "stdlib", "sasl", "compiler")  # they cannot be replaced otherwise


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    if entry.appup.app in CORE:
        return
    in_relup = not entry.appup.app
    for step in entry.steps:
        if step.instruction in (RESTART_EMULATOR, RESTART_NEW_EMULATOR):
            advice = "load what has changed instead, or use `restart_application`"
            yield A109.at(
                step.instruction.span,
                f"`{as_atom(step.instruction)}` stops every application of the node",
                help=None if in_relup else advice,
                notes=("it needs `-heart`, and the node is down until it has started again",),
                subject=entry.subject(),
                severity="note" if in_relup else None,
            )
            return
