"""For rules: an entry in, where the instructions that DepMods tie together are run out."""

from __future__ import annotations

from relupc.model.instruction import dep_mods, modules, name_of
from relupc.model.lint import EntryPlan
from relupc.model.plan import Step

TIED = ("update", "load_module", "add_module", "delete_module")


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
