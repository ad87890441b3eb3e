"""Two patterns, or two clauses -> whether the first takes all that the second does, which is never reached then."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from relupc.analyse.erl.guards import questions_of
from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.erl.takes import fields_of, is_map
from relupc.model.term import Str


def is_free(clause: Clause) -> bool:
    """Whether a clause has no guard, or one that always holds."""
    return not clause.guard or questions_of(clause.guard) == []


def covers_clause(one: Clause, other: Clause, env: Collection[str]) -> bool:
    """Whether the patterns of a clause take all that those of another one do."""
    return all(covers(ours, theirs, env) for ours, theirs in zip(one.patterns, other.patterns, strict=True))


def covers(pattern: Expr, other: Expr, known: Collection[str]) -> bool:
    """Whether a pattern takes all that another one does, as far as can be seen; `known` are variables with a value."""

    if pattern.kind in ("opaque", "op", "call"):
        return True  # a macro, of which nobody knows
    if pattern.kind == other.kind == "value":
        return bool(pattern.parts == other.parts)
    if pattern[::2] == other[::2]:
        return True
    if pattern.kind == "var":
        return pattern.parts[0] not in known
    if pattern.kind == "list" and other.kind == "value":
        return isinstance(other.parts[0], Str)

    def all_of(ours: Sequence[Expr], theirs: Sequence[Expr]) -> bool:
        return all(covers(one, two, known) for one, two in zip(ours, theirs, strict=False))

    if pattern.kind == "match":
        return all(covers(part, other, known) for part in pattern.parts)
    if other.kind == "match":
        return any(covers(pattern, part, known) for part in other.parts)
    if pattern.kind not in ("tuple", "list") or pattern.kind != other.kind:
        return pattern.kind == other.kind and _covers_fields(pattern, other, known)
    (ours, tail), (theirs, last) = ((*one.parts, None)[:2] for one in (pattern, other))
    if pattern.kind == "tuple" or (tail is None and last is None):
        return len(ours) == len(theirs) and all_of(ours, theirs)
    return tail is not None and len(ours) <= len(theirs) and all_of(ours, theirs)


def _covers_fields(pattern: Expr, other: Expr, known: Collection[str]) -> bool:
    """The same for two maps, records or binaries; of binaries nothing is known."""
    if pattern.kind not in ("map", "record") and not (is_map(pattern) and is_map(other)):
        return True
    if pattern.kind == "record" and pattern.parts[1] != other.parts[1]:
        return False
    ours, theirs = fields_of(pattern), fields_of(other)
    return ours.keys() <= theirs.keys() and all(covers(part, theirs[key], known) for key, part in ours.items())
