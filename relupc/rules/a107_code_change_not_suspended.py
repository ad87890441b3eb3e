"""A107 low-level-sequence-broken: a node changes the state of suspended processes only, and skips the others."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A107
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import modules, name_of
from relupc.model.layout import flat
from relupc.model.lint import EntryPlan
from relupc.model.spelling import module_name

ON = EntryPlan


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    suspended: set[str] = set()
    for step in entry.plan or ():
        name = name_of(step.instruction)
        if name == "suspend":
            suspended.update(module.name for module in modules(step.instruction))
        elif name == "resume":
            suspended.difference_update(module.name for module in modules(step.instruction))
        elif name == "code_change":
            for module in modules(step.instruction):
                if module.name not in suspended:
                    yield A107.at(
                        module.span or step.instruction.span,
                        f"`{module_name(module.name)}` is not suspended here, so that its processes keep their state",
                        help=f"put it between `suspend` and `resume` of `{flat(module)}`",
                        notes=("OTP accepts this, and skips the module",),
                        subject=entry.subject(module.name),
                        severity="warning",
                    )
