"""For A604: a plan in, the calls that start a child too early out, each with what it clashes with, as written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from relupc.model.call import Child, called, child_of
from relupc.model.instruction import modules, name_of
from relupc.model.plan import Step
from relupc.model.term import Term, as_atom
from relupc.rules.places import loaded_by

Clash: TypeAlias = tuple[Step, Child, Term]


def before_update(plan: Sequence[Step]) -> Iterator[Clash]:
    """Children that are restarted before the update of their supervisor, and were not stopped before that."""
    sooner: dict[str | None, list[tuple[Step, Child]]] = {}
    loaded, stopped = set[str](), set[object]()
    for step in plan:
        call = called(step.instruction)
        child = child_of(call)
        loaded |= {module.name for module in loaded_by(step.instruction)}
        if name_of(step.instruction) == "code_change":  # in front of the load it leaves a supervisor as it is
            for module in modules(step.instruction):
                clashes = sooner.pop(module.name, []) if module.name in loaded else []
                yield from ((*clash, module) for clash in clashes)
        elif child and child.verb == "restart" and not {child.id, child.supervisor, child.key} & stopped:
            sooner.setdefault(as_atom(child.supervisor), []).append((step, child))
        elif call:  # what another call is about may have been stopped by it
            stopped |= {child.key} if child else {call.module, *(call.args or ())}


def before_code(plan: Sequence[Step], added: Mapping[str, Term]) -> Iterator[Clash]:
    """Children whose module, by its name or in the start function, is added by one of `added` later."""
    missing = dict(added)
    for step in plan:
        child = child_of(called(step.instruction))
        for module in loaded_by(step.instruction):
            missing.pop(module.name, None)
        if child and child.verb in ("start", "restart"):
            name = child.module or as_atom(child.id)
            if name in missing:
                yield step, child, missing[name]
