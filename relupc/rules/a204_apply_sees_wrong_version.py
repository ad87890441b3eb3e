"""A204 apply-sees-wrong-version: DepMods move the load of a module in front of a call that was written before it."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.call import Call, called
from relupc.model.codes import A204
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import dep_mods, modules, name_of
from relupc.model.lint import EntryPlan
from relupc.model.plan import Step
from relupc.model.spelling import module_name
from relupc.rules.groups import starts_of_groups

ON = EntryPlan
LOADING = ("update", "load_module")  # a module that is added has one version only


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    if not any(dep_mods(step.instruction) for step in entry.steps):
        return
    about = {m.name: s for s in entry.steps if name_of(s.instruction) in LOADING for m in modules(s.instruction)}
    early, written, loaded = set[int](), set[str](), set[str]()
    for step in entry.steps:
        call = called(step.instruction)
        if call and call.module.name in about and call.module.name not in written:
            early.add(id(step.instruction))
        written.update(module.name for module in modules(step.instruction))
    starts = starts_of_groups(entry) if early else {}
    for step in (entry.plan or ()) if early else ():
        call = called(step.instruction)
        if name_of(step.instruction) == "load":
            loaded.update(module.name for module in modules(step.instruction))
        elif call and call.module.name in loaded and id(step.instruction) in early:
            yield _moved(entry, step, call, about[call.module.name], starts[call.module.name])


def _moved(entry: EntryPlan, step: Step, call: Call, load: Step, start: Step) -> Diagnostic:
    name = module_name(call.module.name)
    places = ((start, f"DepMods move the load of `{name}` to here"), (load, "the load as it is written"))
    tied = module_name(modules(start.instruction)[0].name)
    return A204.at(
        call.module.span or step.instruction.span,
        f"`{name}` is loaded before this call, though written after it",
        labels=tuple(Label(s.instruction.span, text) for s, text in places if s.instruction.span),
        help=f"move the call in front of the instruction for `{tied}`, or behind that for `{name}`",
        notes=("OTP runs what DepMods tie together where the first of it stands, and leaves calls where they are",),
        subject=entry.subject(call.module.name),
    )
