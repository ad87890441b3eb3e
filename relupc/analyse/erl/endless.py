"""The functions of a module -> those that do not return, whichever way they take; and bodies that have no end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.onward import NEVER_RETURN
from relupc.model.beam import FA, MFA
from relupc.model.term import Atom

_STRAIGHT = ("tuple", "list", "op", "map", "record", "element", "binary")


def endless_of(read: Mapping[FA, Sequence[Clause]]) -> frozenset[FA]:
    """The functions that do not return."""
    found = frozenset(read)
    while True:
        left = frozenset(fa for fa in found if all(has_no_end(clause.body, found) for clause in read[fa]))
        if left == found:
            return found
        found = left


def has_no_end(body: Iterable[Expr], endless: Collection[FA]) -> bool:
    """Whether expressions one after the other never come to their end."""
    return any(_stays(expr, endless) for expr in body)


def _stays(expr: Expr, endless: Collection[FA]) -> bool:
    """Whether an expression has no value, ever."""
    parts = expr.parts
    match expr.kind:
        case "call":
            return _is_last(expr, endless) or has_no_end(parts[1], endless)
        case "match":
            return _stays(parts[1], endless)
        case "begin":
            return has_no_end(parts[0], endless)
        case "case":
            return _stays(parts[0], endless) or _all(parts[1], endless)
        case "if":
            return _all(parts[0], endless)
        case "receive":
            late = parts[1] and parts[1][0].parts[:1] != (Atom("infinity"),)
            return all(has_no_end(clause.body, endless) for clause in parts[0]) and (
                not late or has_no_end(parts[1][1], endless)
            )
        case "try":
            after = has_no_end(parts[3], endless)
            return after or (has_no_end(parts[0], endless) and _all(parts[2], endless, or_none=True))
        case kind if kind in _STRAIGHT:
            return any(_stays(one, endless) for one in _inside(parts))
    return False


def _is_last(expr: Expr, endless: Collection[FA]) -> bool:
    """Whether a call is of a function that does not return."""
    callee, arity = expr.parts[0], len(expr.parts[1])
    names = [part.parts[0] for part in _callee(callee) if part.kind == "value"]
    atoms = [name.name for name in names if isinstance(name, Atom)]
    if len(atoms) == 1 and callee.kind == "value":
        return FA(atoms[0], arity) in endless
    return len(atoms) == 2 and MFA(atoms[0], atoms[1], arity) in NEVER_RETURN


def _callee(callee: Expr) -> Sequence[Expr]:
    return callee.parts if callee.kind == "remote" else (callee,)


def _all(clauses: Sequence[Clause], endless: Collection[FA], *, or_none: bool = False) -> bool:
    return (or_none or bool(clauses)) and all(has_no_end(clause.body, endless) for clause in clauses)


def _inside(part: object) -> Iterator[Expr]:
    """The expressions of some parts, those in tuples of Python too."""
    if isinstance(part, Expr):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _inside(one)
