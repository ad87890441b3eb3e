"""A105 circular-depmods: DepMods in a circle are no order, and OTP's way out of it is not the one of its manual."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A105
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import dep_mods, modules
from relupc.model.lint import EntryPlan
from relupc.model.spelling import module_name

ON = EntryPlan


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    if not entry.cycles:
        return
    steps = {module.name: step for step in entry.steps for module in modules(step.instruction)[:1]}
    for cycle in entry.cycles:
        members = set(cycle)
        links = [
            Label(dep.span, f"`{module_name(name)}` waits for `{module_name(dep.name)}`")
            for name in cycle
            for dep in dep_mods(steps[name].instruction)
            if dep.name in members and dep.name != name and dep.span
        ]
        if links:
            first, *others = links
            order = reversed(cycle) if entry.direction == "up" else cycle
            yield A105.at(
                first.span,
                first.text,
                labels=tuple(others),
                help="take one of them out of the other's list",
                notes=(f"OTP loads them in this order: {', '.join(map(module_name, order))}",),
                subject=entry.subject(cycle[0]),
            )
