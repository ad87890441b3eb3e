"""A407 module-lost-by-restart: a load that DepMods pull in front of the removal does not bring the module back."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import REMOVALS, about, ends_in_restart, instructions
from relupc.model.codes import A407
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import dep_mods, modules, name_of
from relupc.model.layout import flat
from relupc.model.lint import Upgrade
from relupc.model.plan import Step
from relupc.model.source import Span
from relupc.model.spelling import module_name, spell_atom
from relupc.model.term import Atom

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    if upgrade.plan is None or ends_in_restart(upgrade):
        return
    removals, told = upgrade.plan.named.get("remove", ()), about(upgrade, REMOVALS)  # A304 is about what is told
    alone = {m.name for step in removals for m in modules(step.instruction)}.difference(told)
    lost: dict[str, Step] = {}
    for step in upgrade.plan.steps if alone else ():
        name = name_of(step.instruction)
        if name == "remove":
            lost.update((module.name, step) for module in modules(step.instruction) if module.name in alone)
        elif lost and name == "load":
            for module in modules(step.instruction):
                lost.pop(module.name, None)
    pulls = {dep.name: dep.span for s in instructions(upgrade) if lost for dep in dep_mods(s.instruction)}
    for app in upgrade.post.apps if lost else ():
        for module in app.modules:
            if module.name in lost:
                yield _lost(module, app.name, lost[module.name], pulls.get(module.name), upgrade)


def _lost(module: Atom, app: str, removal: Step, early: Span | None, upgrade: Upgrade) -> Diagnostic:
    spot = next((cause for cause in removal.because if not isinstance(cause, str)), None)
    name, advice = module_name(module.name), None
    label = f"this removes `{name}`, and nothing loads it again"
    if spot is None:
        label = f"an application that had `{name}` before goes, and takes the module with it"
        advice = "let the module and the removal of that application come in two upgrades, one after the other"
    elif early:
        advice = f"take `{flat(module)}` out of that list, or write the restart of {spell_atom(app)} before it"
    return A407.at(
        spot or module.span,
        label,
        path=None if spot or module.span else upgrade.post.path,
        labels=(Label(early, "loaded before that, because of this"),) if spot and early else (),
        help=advice,
        notes=("OTP accepts this: a node in embedded mode is left without the module",),
        subject=upgrade.subject(app, module.name),
    )
