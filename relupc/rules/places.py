"""For rules: where the instructions of an entry stand, where they are run, and the fix that moves one of them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from relupc.model.call import called
from relupc.model.diagnostic import Fix
from relupc.model.edit import moved
from relupc.model.instruction import modules, name_of
from relupc.model.lint import EntryPlan
from relupc.model.source import Span
from relupc.model.term import Atom, List, Term


def starts(entry: EntryPlan) -> list[int]:
    """Where each instruction of a list starts that is written in one piece; nothing for any other script."""
    script = entry.entry.script
    spans = [item.span for item in script.items] if isinstance(script, List) and script.span else []
    if not spans or any(span is None for span in spans):
        return []
    found = [span.start for span in spans if span]
    inside = script.span and found[0] >= script.span.start and found[-1] < script.span.end
    return found if inside and all(a < b for a, b in pairwise(found)) else []


def move_behind(entry: EntryPlan, at: list[int], item: Span | None, other: Span | None, title: str) -> Fix | None:
    """The fix that moves an instruction behind a later one, of which `other` is a part; `at` are their starts."""
    if not at or not item or not other or not isinstance(entry.entry.script, List):
        return None
    first, second = (bisect_right(at, span.start) - 1 for span in (item, other))
    edits = moved(entry.entry.script, first, second) if at[first] == item.start and first < second else ()
    return Fix(title, edits, safe=False) if edits else None


def added_by(entry: EntryPlan) -> dict[str, Term]:
    """Module -> the instruction that adds it."""
    added = (step.instruction for step in entry.named.get("add_module", ()))
    return {module.name: instruction for instruction in added for module in modules(instruction)}


def loaded_by(instruction: Term) -> tuple[Atom, ...]:
    """The modules that a step of a plan loads, or a call of the code server may load."""
    call = called(instruction)
    if call and call.module.name in ("code", "Elixir.Code"):
        return tuple(arg for arg in call.args or () if isinstance(arg, Atom))
    return modules(instruction) if name_of(instruction) == "load" else ()


def named_in(entry: EntryPlan, module: str) -> tuple[Term, Atom] | None:
    """The instruction of an entry for a module, and the module in it."""
    for step in entry.steps:
        for other in modules(step.instruction):
            if other.name == module and other.span:
                return step.instruction, other
    return None
