"""The clauses of a function -> the funs in them that nobody gets: the compiler does not make them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from relupc.analyse.erl.syntax import Clause, Expr

_MADE = ("tuple", "list", "map", "record", "catch")
_WAYS = {"case": 1, "if": 0, "receive": 0}


def unused(clauses: Sequence[Clause]) -> Iterator[int]:
    """The identities of these funs."""
    for clause in clauses:
        often = Counter(variables(clause))
        yield from _body(clause.body, often, used=True)


def variables(part: object) -> Iterator[str]:
    """The names of variables, as often as each of them is there."""
    if isinstance(part, Expr) and part.kind == "var":
        yield part.parts[0]
    elif isinstance(part, Clause):
        yield from (token.text for token in part.guard if token.kind == "var")
        yield from variables((part.patterns, part.body))
    elif isinstance(part, tuple):
        for one in part:
            yield from variables(one)


def _body(body: Sequence[Expr], often: Counter[str], *, used: bool) -> Iterator[int]:
    for expr in body[:-1]:
        yield from _of(expr, often, used=False)
    if body:
        yield from _of(body[-1], often, used=used)


def _of(expr: Expr, often: Counter[str], *, used: bool) -> Iterator[int]:
    kind, _, parts = expr
    if kind in ("fun", "local_fun") and not used:
        yield id(expr)
    elif kind == "fun":
        for clause in parts[0]:
            yield from _body(clause.body, often, used=True)
    elif kind == "begin":
        yield from _body(parts[0], often, used=used)
    elif kind == "match":
        is_kept = parts[0].kind != "var" or often[parts[0].parts[0]] > 1
        yield from _of(parts[1], often, used=used or is_kept)
    elif kind == "comprehension":  # of one that nobody gets no list is made
        yield from _inside(parts[0], often, used=used)
        yield from _inside(parts[1], often, used=True)
    elif kind == "call" and parts[0].kind == "fun":
        for clause in parts[0].parts[0]:
            yield from _body(clause.body, often, used=used)
        yield from _inside(parts[1], often, used=True)
    elif kind in _WAYS or kind == "try":
        yield from _branches(expr, often, used=used)
    else:
        yield from _inside(parts, often, used=used or kind not in _MADE)


def _branches(expr: Expr, often: Counter[str], *, used: bool) -> Iterator[int]:
    kind, _, parts = expr
    if kind == "try":
        body, clauses, caught, after = parts
        yield from _body(body, often, used=used or bool(clauses))
        yield from _body(after, often, used=False)
    else:
        clauses, caught = parts[_WAYS[kind]], ()
    for clause in (*clauses, *caught):
        yield from _body(clause.body, often, used=used)
    if kind == "case":
        yield from _of(parts[0], often, used=True)
    if kind == "receive" and parts[1]:
        yield from _body(parts[1][1], often, used=used)


def _inside(part: object, often: Counter[str], *, used: bool) -> Iterator[int]:
    if isinstance(part, Expr):
        yield from _of(part, often, used=used)
    elif isinstance(part, tuple):
        for one in part:
            yield from _inside(one, often, used=used)
