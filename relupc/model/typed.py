"""A term in, its text out as people type it: on one line, with a blank behind each comma."""

from __future__ import annotations

from relupc.model.layout import flat
from relupc.model.term import List, Term, Tuple, as_string


def typed(term: Term) -> str:
    """The text of a term for people to type."""
    match term:
        case Tuple(items):
            return f"{{{', '.join(map(typed, items))}}}"
        case List(items, None) if not items or as_string(term) is None:
            return f"[{', '.join(map(typed, items))}]"
    return flat(term)
