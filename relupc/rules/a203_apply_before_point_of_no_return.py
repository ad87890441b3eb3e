"""A203 apply-before-point-of-no-return: such a call is made by every check of the release too, in the code before it.

A function that only checks is at its best there, since the upgrade is refused if it raises: names that say so are
left alone, and what only logs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from relupc.model.call import called
from relupc.model.codes import A203
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import POINT_OF_NO_RETURN
from relupc.model.lint import EntryPlan

ON = EntryPlan
CHECKS = re.compile(
    r"(?:pre|re|self)?(?:check|checks|checked|flight|condition|conditions)"
    r"|assert|asserts|validate|valid|verify|test|probe|require|must|can|may|is|has|allow|allowed|guard|ready|health"
)
HARMLESS = frozenset({"io", "logger", "error_logger", "Elixir.IO", "Elixir.Logger"})


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    point = next((s.instruction for s in entry.steps if s.instruction == POINT_OF_NO_RETURN), None)
    if point is None:
        return
    for step in takewhile(lambda step: step.instruction is not point, entry.steps):
        call = called(step.instruction)
        if call and call.module.name not in HARMLESS and not _only_checks(call.function.name):
            yield A203.at(
                step.instruction.span,
                "made by every `check_install_release`, and again by `install_release`",
                labels=(Label(point.span, "the point of no return"),) if point.span else (),
                help="move it behind `point_of_no_return`, unless it only checks something",
                notes=("it runs in the code from before the upgrade, and if it raises, the upgrade is refused",),
                subject=entry.subject(call.module.name),
                severity=None if entry.appup.app else "note",
            )


def _only_checks(function: str) -> bool:
    return function.endswith("?") or any(map(CHECKS.fullmatch, function.lower().rstrip("!").split("_")))
