"""For rules: the instructions that DepMods can tie together, and where those of an entry that they tie are run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relupc.model.changes import instructions
from relupc.model.instruction import dep_mods, modules, name_of
from relupc.model.lint import EntryPlan
from relupc.model.plan import Step
from relupc.model.term import Tuple

if TYPE_CHECKING:
    from relupc.model.program import UpgradeCode

TIED = ("update", "load_module", "add_module", "delete_module")
Instructions = dict[str, Tuple]


def starts_of_groups(entry: EntryPlan) -> dict[str, Step]:
    """Of each module the first instruction of its group: where that stands, all of the group is run."""
    about = {m.name: s for s in entry.steps if name_of(s.instruction) in TIED for m in modules(s.instruction)}
    tied: dict[str, list[str]] = {name: [] for name in about}
    for name, step in about.items():
        for dep in dep_mods(step.instruction):
            if dep.name in about:
                tied[name].append(dep.name)
                tied[dep.name].append(name)
    found: dict[str, Step] = {}
    for name, step in about.items():
        waiting = [name]
        while waiting:
            if (member := waiting.pop()) not in found:
                found[member] = step
                waiting += tied[member]
    return found


def tied(code: UpgradeCode) -> Instructions:
    """The instructions that can have DepMods, by their modules."""
    steps = (step.instruction for step in instructions(code.upgrade))
    several = (one for one in steps if name_of(one) in TIED and isinstance(one, Tuple))
    return {module.name: instruction for instruction in several for module in modules(instruction)}
