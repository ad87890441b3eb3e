"""For rules: whether an entry makes a supervisor read its `init/1` again, and the instruction that does."""

from __future__ import annotations

from relupc.model.instruction import BRUTAL, dep_mods, modules, name_of
from relupc.model.lint import EntryPlan
from relupc.model.term import Atom, List, Term, Tuple
from relupc.model.typed import typed


def reread(entry: EntryPlan, module: str) -> bool:
    """Whether the plan of an entry has the code of a supervisor changed, not only loaded."""
    steps = (step.instruction for step in entry.plan or () if name_of(step.instruction) == "code_change")
    return any(module == other.name for step in steps for other in modules(step))


def as_supervisor(instruction: Term, module: Atom) -> str:
    """The update of a supervisor in place of another instruction for it, with the same purges and DepMods."""
    items = instruction.items if isinstance(instruction, Tuple) else ()
    purges = items[-3:-1] if len(items) in (5, 8) else (BRUTAL, BRUTAL)
    deps = dep_mods(instruction)
    if not deps and purges == (BRUTAL, BRUTAL):
        return f"{{update, {typed(module)}, supervisor}}"
    rest = ", ".join((*map(typed, purges), typed(List(deps))))
    return f"{{update, {typed(module)}, static, default, {{advanced, []}}, {rest}}}"
