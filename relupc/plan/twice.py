"""Two instructions for one module -> which of them to keep, in words and as a fix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from relupc.model.diagnostic import Fix
from relupc.model.edit import removed
from relupc.model.instruction import dep_mods, name_of
from relupc.model.layout import flat
from relupc.model.plan import Script, Step
from relupc.model.source import Span
from relupc.model.term import Atom, List, Term

_BLANK = r"(?:[\x00-\x20\x80-\xa0]|%[^\n]*+)*+"
_COMMA = re.compile(f"{_BLANK},{_BLANK}")
_END = re.compile(f"{_BLANK}]")


def neighbours(scripts: Iterable[Script]) -> dict[Span, tuple[Term, ...]]:
    """Each instruction that stands in a list in a text, with those before and after it in the same list."""
    found: dict[Span, tuple[Term, ...]] = {}
    for script in scripts:
        written = [step.instruction for step in script.steps]
        for before, item, after in zip([None, *written], written, [*written[1:], None], strict=False):
            if item.span:
                follows, goes_on = _follow(before, item), _follow(item, after)
                if (follows or _is_first(item.span)) and (goes_on or _is_last(item.span)):
                    beside = (before if follows else None, item, after if goes_on else None)
                    found[item.span] = tuple(term for term in beside if term)
    return found


def _is_first(span: Span) -> bool:
    text, start = span.source.text, span.start
    while text[start - 1 : start].isspace():
        start -= 1
    return text[start - 1 : start] == "["


def _is_last(span: Span) -> bool:
    return _END.match(span.source.text, span.end) is not None


def _follow(one: Term | None, other: Term | None) -> bool:
    """Whether there is but a comma between two instructions; an inner list may begin or end there."""
    if not one or not other or not one.span or not other.span or one.span.source is not other.span.source:
        return False
    between = _COMMA.match(one.span.source.text, one.span.end)
    return between is not None and between.end() == other.span.start


def keep_one(
    module: Atom, first: Step, second: Step, beside: Mapping[Span, tuple[Term, ...]]
) -> tuple[str, Fix | None]:
    """What to do about two steps for a module, the first one first. `beside` are all instructions and their neighbours.

    It is safe to delete one of two that are the same.
    """
    made = next((step for step in (first, second) if step.instruction.span is None), None)
    if made:
        written = second if made is first else first
        advice = f"delete the instruction for `{flat(module)}`: {_cause(made)} loads it"
        return advice, _without(written, beside, safe=False)
    if first.instruction == second.instruction and _deps(first, beside) == _deps(second, beside):
        one, other = first.instruction.span, second.instruction.span
        safe = one is not None and other is not None and one.source is other.source
        fix = _without(second, beside, safe=safe) if one != other else None  # one text may stand for several
        return "keep one of them, they are the same", fix
    verbs = [name_of(step.instruction) for step in (first, second)]
    if set(verbs) != {"update", "load_module"}:
        return "keep one of them", None
    loads = second if verbs[0] == "update" else first
    return "keep `update`: it already loads the module", _without(loads, beside, safe=False)


def _cause(step: Step) -> str:
    """What made a generated instruction, in words: the instruction in the appup, or the reason itself."""
    cause = step.because[0]
    return cause if isinstance(cause, str) else f"`{cause.text}`"


def _without(step: Step, beside: Mapping[Span, tuple[Term, ...]], *, safe: bool) -> Fix | None:
    """The instruction taken out of its list."""
    item = _written(step, beside)
    edits = removed(List(beside[item.span]), item) if item and item.span else ()
    return Fix("delete the instruction", edits, safe) if edits else None


def _deps(step: Step, beside: Mapping[Span, tuple[Term, ...]]) -> tuple[Atom, ...]:
    """The DepMods as they were before those that name nothing were taken out."""
    return dep_mods(_written(step, beside) or step.instruction)


def _written(step: Step, beside: Mapping[Span, tuple[Term, ...]]) -> Term | None:
    span = step.instruction.span
    return next((term for term in beside.get(span, ()) if term.span == span), None) if span else None
