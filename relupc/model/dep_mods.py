"""An instruction for a module in its full form, its list of DepMods as written, and one with a module more."""

from __future__ import annotations

from relupc.model.edit import Edit
from relupc.model.instruction import name_of
from relupc.model.layout import flat
from relupc.model.source import Span
from relupc.model.term import Atom, List, Term, Tuple, as_atom


def written_deps(instruction: Tuple | None) -> List | None:
    """The list of DepMods, if one is written."""
    last: Term | None = instruction.items[-1] if instruction else None
    return last if isinstance(last, List) and last.span and last.tail is None else None


def takes_deps(instruction: Tuple | None) -> bool:
    """Whether it has, or can have, DepMods: the short form for supervisors cannot."""
    if instruction is None or instruction.span is None:
        return False
    static = name_of(instruction) == "update" and len(instruction.items) == 8
    is_short = static and as_atom(instruction.items[2]) == "static" and instruction.items[2].span is None
    return written_deps(instruction) is not None or not is_short


def with_dep(instruction: Tuple, dep: str) -> tuple[str | None, tuple[Edit, ...]]:
    """The text of the instruction with one more DepMod, if it is on one line, and the edit that makes it so."""
    text, listed, whole = flat(Atom(dep)), written_deps(instruction), instruction.span
    last = listed.items[-1].span if listed and listed.items else None
    if last:
        at, more = last.end, f", {text}"
    elif listed and listed.span and not listed.items:
        at, more = listed.span.end - 1, text
    elif whole:
        at, more = whole.end - 1, f", [{text}]"
    if whole is None or not whole.text.endswith("}") or (listed and listed.items and last is None):
        return None, ()
    shown = whole.source.text[whole.start : at] + more + whole.source.text[at : whole.end]
    return None if "\n" in shown or "%" in shown else shown, ((Span(whole.source, at, at), more),)
