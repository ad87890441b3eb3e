"""A305 unchanged-module-listed: an instruction loads code that is the same in both builds."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import ends_in_restart, instructions
from relupc.model.codes import A305
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.instruction import dep_mods, modules, name_of
from relupc.model.program import EntryCode, UpgradeCode
from relupc.model.term import Atom, Term, Tuple, as_atom
from relupc.rules.deletions import without

ON = UpgradeCode


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    if ends_in_restart(code.upgrade):
        return
    needed = {dep.name for step in instructions(code.upgrade) for dep in dep_mods(step.instruction)}
    known: dict[str, dict[str, list[tuple[Term, Atom]]]] = {}
    for entry, diff, change in code.changes():
        if entry and change.kind == "same":
            if diff.app not in known:
                known[diff.app] = _loading(entry)
            for instruction, module in known[diff.app].get(change.module, ()):
                yield _listed(code, entry, diff.app, instruction, module, change.module in needed)


def _loading(entry: EntryCode) -> dict[str, list[tuple[Term, Atom]]]:
    """The instructions of an entry that do nothing but load a module, and the module in them, by its name."""
    found: dict[str, list[tuple[Term, Atom]]] = {}
    for step in entry.entry.steps:
        for module in modules(step.instruction) if _only_loads(step.instruction) else ():
            found.setdefault(module.name, []).append((step.instruction, module))
    return found


def _listed(code: UpgradeCode, entry: EntryCode, app: str, instruction: Term, module: Atom, needed: bool) -> Diagnostic:
    advice = "delete this instruction" + (", and the module from the DepMods of others" if needed else "")
    edits = () if needed else without(entry.entry.entry.script, module)
    return A305.at(
        instruction.span,
        "the code is the same in both builds",
        help=advice,
        subject=code.upgrade.subject(app, module.name),
        fix=Fix(advice, edits, safe=False) if edits else None,
    )


def _only_loads(instruction: Term) -> bool:
    """Whether it does nothing but load a module: no state is converted, and nothing stands still for another one."""
    if name_of(instruction) == "update" and isinstance(instruction, Tuple) and len(instruction.items) == 8:
        return as_atom(instruction.items[4]) == "soft" and not dep_mods(instruction)
    return name_of(instruction) == "load_module"
