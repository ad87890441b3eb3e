"""An entry of an appup beside its builds -> the modules that it loads once more."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.code import Module
from relupc.model.instruction import modules, name_of
from relupc.model.program import EntryCode
from relupc.model.term import Atom

_AGAIN = ("load_module", "update", "load")


def reloaded(code: EntryCode) -> Iterator[tuple[Atom, Module]]:
    """Each module that is there before and is loaded by an instruction, and where that names it.

    The module is the one that gets loaded, or the other one if its build is not at hand.
    """
    program = code.post or code.new
    seen: set[str] = set()
    for step in code.entry.steps:
        for atom in modules(step.instruction) if name_of(step.instruction) in _AGAIN else ():
            module = program.modules.get(atom.name)
            is_new = code.pre is not None and atom.name not in code.pre.modules
            if module and module.decoded and not is_new and atom.name not in seen:
                seen.add(atom.name)
                yield atom, module
