"""A201 apply-target-unavailable: a call of a module that this entry adds later, or has deleted before."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.call import Call, called
from relupc.model.codes import A201
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import modules, name_of
from relupc.model.layout import flat
from relupc.model.lint import EntryPlan
from relupc.model.plan import Step
from relupc.model.spelling import module_name
from relupc.model.term import Term
from relupc.rules.places import added_by, loaded_by, move_behind, starts

ON = EntryPlan
EMBEDDED = "in embedded mode, as releases run, it fails with `undef`; after the point of no return the node restarts"
COMES_OR_GOES = ("add_module", "delete_module", "remove", "remove_application", "restart_application")


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    if not any(name in entry.named for name in COMES_OR_GOES):
        return
    missing, gone = added_by(entry), dict[str, Term]()
    at = starts(entry) if missing else []
    for step in entry.plan or ():
        name, call = name_of(step.instruction), called(step.instruction)
        for module in loaded_by(step.instruction):
            missing.pop(module.name, None)
            gone.pop(module.name, None)
        if name == "remove":
            gone |= {module.name: module for module in modules(step.instruction)}
        elif name in ("restart_application", "add_application"):
            gone.clear()
        elif call and (call.module.name in missing or call.module.name in gone):
            yield _unavailable(entry, step, call, missing.get(call.module.name), gone.get(call.module.name), at)


def _unavailable(
    entry: EntryPlan, step: Step, call: Call, added: Term | None, deleted: Term | None, at: list[int]
) -> Diagnostic:
    name, other = module_name(call.module.name), added or deleted
    move = f"behind `{{add_module, {flat(call.module)}}}`" if added else f"in front of what deletes `{name}`"
    place = other.span if other else None
    return A201.at(
        call.module.span or step.instruction.span,
        f"`{name}` is {'not loaded yet' if added else 'already deleted'} when this call is made",
        labels=(Label(place, "loaded here" if added else "deleted here"),) if place else (),
        help=f"move the call {move}",
        notes=(EMBEDDED,),
        subject=entry.subject(call.module.name),
        fix=move_behind(entry, at, step.instruction.span, place, f"move the call {move}") if added else None,
    )
