"""For rules: an instruction in, what it does with processes in old code out, and how to write it so that they live."""

from __future__ import annotations

from relupc.model.diagnostic import Fix
from relupc.model.edit import Edit, replaced
from relupc.model.instruction import BRUTAL, SOFT_PURGE, purges
from relupc.model.term import Atom, Term, Tuple
from relupc.model.typed import typed

_DYNAMIC, _DEFAULT = Atom("dynamic"), Atom("default")


def softly(instruction: Term) -> str | None:
    """The same instruction with `brutal_purge, soft_purge`; None for one that has no purges."""
    match instruction:
        case Tuple((Atom("load_module") as word, module, _, _, deps)):
            return typed(Tuple((word, module, BRUTAL, SOFT_PURGE, deps)))
        case Tuple((Atom("update") as word, module, _, _, change, _, _, deps)):
            sort, timeout = instruction.items[2:4]
            kept = () if sort == _DYNAMIC and timeout == _DEFAULT else (sort, timeout)
            return typed(Tuple((word, module, *kept, change, BRUTAL, SOFT_PURGE, deps)))
        case Tuple((Atom("load") as word, Tuple((module, _, _)))):
            return typed(Tuple((word, Tuple((module, BRUTAL, SOFT_PURGE)))))
    return None


def to_soft(instruction: Term) -> tuple[Edit, ...]:
    """The edits that write it so. A short form is written anew, unless that would lose a comment."""
    pre, post = purges(instruction)
    if pre.span and post.span:
        return tuple(
            edit
            for old, new in ((pre, BRUTAL), (post, SOFT_PURGE))
            for edit in (replaced(old, new.name) if old != new else ())
        )
    better = softly(instruction)
    is_plain = instruction.span is not None and "%" not in instruction.span.text
    return replaced(instruction, better) if better and is_plain else ()


def soft_fix(instructions: tuple[Term, ...]) -> Fix | None:
    """The fix that writes all of these so."""
    edits = tuple(edit for instruction in instructions for edit in to_soft(instruction))
    return Fix("purge brutally before, softly after", edits, safe=False) if edits else None
