"""Functions, and what of them is surely compiled (whole.py) -> the functions with no more than that.

What stands behind is put into words as something that is not known, so that nothing before it is the last act.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from relupc.analyse.erl.syntax import Clause, Expr

_BRANCHES = {"case": 1, "if": 0, "fun": 0}  # where an expression has its clauses


def least_of(clauses: Sequence[Clause], there: Collection[int]) -> tuple[Clause, ...]:
    """The clauses of a function, or of an expression, that are surely there."""
    return tuple(clause._replace(body=_body(clause.body, there)) for clause in clauses if id(clause) in there)


def _body(body: Sequence[Expr], there: Collection[int]) -> tuple[Expr, ...]:
    found = list[Expr]()
    for expr in body:
        if not _begins(expr, there):
            return (*found, Expr("opaque", expr.line))
        found.append(_expr(expr, there))
    return tuple(found)


def _begins(expr: Expr, there: Collection[int]) -> bool:
    """Whether an expression is reached, or the first of what a call is given. A fun that nobody gets is not made."""
    return (
        id(expr) in there
        or expr.kind in ("fun", "local_fun")
        or (expr.kind == "call" and any(_begins(arg, there) for arg in expr.parts[1][:1]))
    )


def _expr(expr: Expr, there: Collection[int]) -> Expr:
    kind, line, parts = expr
    if id(expr) not in there:  # a call, and only some of what it is given
        inside = tuple(_expr(arg, there) for arg in parts[1] if _begins(arg, there)) if kind == "call" else ()
        return Expr("begin", line, ((*inside, Expr("opaque", line)),))
    if kind in _BRANCHES:
        at = _BRANCHES[kind]
        clauses = least_of(parts[at], there)
        if kind == "fun" and not clauses:
            return Expr("opaque", line)
        return Expr(kind, line, (*_any(parts[:at], there), clauses, *parts[at + 1 :]))
    if kind in ("match", "generator"):
        return Expr(kind, line, (parts[0], _expr(parts[1], there)))
    if kind == "call":
        return Expr(kind, line, (parts[0], _any(parts[1], there)))
    if kind == "record":
        fields = (
            one._replace(parts=(one.parts[0], _expr(one.parts[1], there))) for one in parts[2] if one.kind == "match"
        )
        return Expr(kind, line, (_any(parts[0], there), parts[1], tuple(fields)))
    if kind == "begin":
        return Expr(kind, line, (_body(parts[0], there),))
    if kind == "receive":
        late = (_expr(parts[1][0], there), _body(parts[1][1], there)) if parts[1] else None
        return Expr(kind, line, (least_of(parts[0], there), late))
    if kind == "try":
        body, clauses, caught, after = parts
        ways = (least_of(one, there) for one in (clauses, caught))
        return Expr(kind, line, (_body(body, there), *ways, _body(after, there)))
    return Expr(kind, line, _any(parts, there))


def _any(part: Any, there: Collection[int]) -> Any:
    """The parts of an expression in the same way; patterns are left as they are."""
    if isinstance(part, Expr):
        return _expr(part, there)
    return tuple(_any(one, there) for one in part) if type(part) is tuple else part
