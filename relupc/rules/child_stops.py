"""For A604: a plan in, the calls that stop a child in the wrong order out, and those that nobody can answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relupc.model.call import Child, called, child_of
from relupc.model.instruction import modules, name_of
from relupc.model.plan import Step
from relupc.model.term import Term, as_atom
from relupc.rules.child_starts import Clash
from relupc.rules.places import loaded_by


def deleted_first(plan: Sequence[Step]) -> Iterator[Clash]:
    """Children whose specification is deleted before they are terminated."""
    deletes: dict[tuple[Term, Term], tuple[Step, Child]] = {}
    stopped = set[object]()
    for step in plan:
        call = called(step.instruction)
        child = child_of(call)
        if child and child.verb == "terminate" and child.key in deletes:
            yield *deletes.pop(child.key), step.instruction
        if child and child.verb == "delete" and not {child.id, child.supervisor, child.key} & stopped:
            deletes[child.key] = step, child
        elif call:  # what another call is about may have been stopped by it
            stopped |= {child.key} if child else {call.module, *(call.args or ())}


def without_code(plan: Sequence[Step]) -> Iterator[Clash]:
    """Children that are terminated when the module of their name is deleted already."""
    removed: dict[str | None, Term] = {}
    for step in plan:
        child = child_of(called(step.instruction))
        for module in loaded_by(step.instruction):
            removed.pop(module.name, None)
        if name_of(step.instruction) == "remove":
            removed |= {module.name: module for module in modules(step.instruction)}
        if child and child.verb == "terminate" and as_atom(child.id) in removed:
            yield step, child, removed[as_atom(child.id)]


def while_suspended(plan: Sequence[Step]) -> Iterator[Clash]:
    """Calls of a supervisor that is suspended."""
    suspended: dict[str | None, Term] = {}
    for step in plan:
        child = child_of(called(step.instruction))
        if name_of(step.instruction) == "suspend":
            suspended |= {module.name: module for module in modules(step.instruction)}
        elif name_of(step.instruction) == "resume":
            for module in modules(step.instruction):
                suspended.pop(module.name, None)
        elif child and as_atom(child.supervisor) in suspended:
            yield step, child, suspended[as_atom(child.supervisor)]
