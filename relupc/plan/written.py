"""What a repair of an instruction is made of: what to mark, what to say, and edits of what stands in the text.

Of a script (.appup.src) only what stands in the text as it is gets edits: the value of a variable is left alone.
"""

from __future__ import annotations

import re

from relupc.model.diagnostic import Fix
from relupc.model.edit import Edit, replaced
from relupc.model.instruction import faults
from relupc.model.source import Span
from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Str, Term, Tuple
from relupc.model.value import NamedTuple
from relupc.plan.expand import full_form

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BINARY = re.compile(r'<<"(?:[^"\\]|\\.)*+"(?:/utf8)?>>', re.DOTALL)


class Repair(NamedTuple):
    """What to mark, what to say there and what to write. Without a `label` the words for the fault itself will do."""

    where: Term
    help: str
    label: str | None = None
    fix: Fix | None = None


def sound(instruction: Term) -> bool:
    """Whether OTP takes an instruction, in a short form or in full."""
    return not faults(full_form(instruction))


def as_written(term: Term) -> bool:
    """Whether a term stands in the text as it is, with all its parts in it."""
    if term.span is None:
        return False
    text = term.span.text
    match term:
        case Tuple(items):
            return text[:1] == "{" and all(_is_in(item, term.span) and as_written(item) for item in items)
        case List(items, None):
            return text[:1] in ("[", '"') and all(_is_in(item, term.span) and as_written(item) for item in items)
        case Atom(name):
            return text == name or text[:1] == "'"
        case Str():
            return _STRING.fullmatch(text) is not None
        case Bin():
            return _BINARY.fullmatch(text) is not None
        case Int() | Float() | Fun():
            return text[:1].isdigit() or text[:1] in ("-", "$", "f")
    return False


def _is_in(item: Term, span: Span) -> bool:
    inner = item.span
    return inner is not None and inner.source is span.source and span.start < inner.start and inner.end < span.end


def instead(old: Term, new: str, safe: bool) -> Fix | None:
    """Another text in place of a term, if no comment is lost by that."""
    if old.span is None or "%" in old.span.text or not as_written(old):
        return None
    return Fix(f"write `{new}`", replaced(old, new), safe)


def around(first: Term, last: Term, before: str, after: str) -> tuple[Edit, ...]:
    """Edits that put something before one term and after another."""
    edits: list[Edit] = []
    if before and first.span:
        edits.append((Span(first.span.source, first.span.start, first.span.start), before))
    if after and last.span:
        edits.append((Span(last.span.source, last.span.end, last.span.end), after))
    return tuple(edits)
