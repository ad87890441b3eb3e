"""For rules about processes that go on over an upgrade: whether those of a module are stopped."""

from __future__ import annotations

from collections.abc import Mapping, Set

from relupc.model.call import SUPERVISORS
from relupc.model.changes import instructions
from relupc.model.instruction import modules, name_of
from relupc.model.program import Program, UpgradeCode
from relupc.model.term import Term
from relupc.model.value import NamedTuple
from relupc.rules.supervised import calls_of, handled


class Stopped(NamedTuple):
    """What an upgrade stops, or may stop: processes of `modules`, and children with these `ids` of any supervisor.

    `known` are the ids of the children that run a module, by module. `any` is whether any child may be meant.
    """

    modules: Set[str]
    ids: Set[Term]
    known: Mapping[str, Set[Term]]
    any: bool

    def has(self, module: str) -> bool:
        """Whether the processes of a module are stopped, or may be: by `stop`, or as a child of a supervisor."""
        if module in self.modules:
            return True
        return bool(self.known[module] & self.ids) if module in self.known else self.any


def stopped(upgrade: UpgradeCode) -> Stopped:
    """What an upgrade stops by its instructions, and by the calls in its appups."""
    stops = (step.instruction for step in instructions(upgrade.upgrade) if name_of(step.instruction) == "stop")
    calls = calls_of(upgrade)
    return Stopped(
        {module.name for instruction in stops for module in modules(instruction)},
        {child.id for child in handled(upgrade) if child.verb == "terminate"},
        _ids(upgrade.pre),
        any(call.module.name in SUPERVISORS and call.function.name == "terminate_child" for call in calls),
    )


def _ids(program: Program) -> dict[str, set[Term]]:
    found: dict[str, set[Term]] = {}
    listed = (child for several in program.supervisors.values() for one in several for child in one.children)
    for child in listed:
        runs = {child.runs.module} if child.runs else set()
        started = {child.start[0]} if child.start else set()
        named = child.modules if isinstance(child.modules, tuple) else ()
        for module in {*runs, *started, *named} if child.is_id_known else ():
            if module is not None:
                found.setdefault(module, set()).add(child.id)
    return found
