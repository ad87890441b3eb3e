"""The tokens of a function -> its clauses; and the expressions that end in `end`."""

from __future__ import annotations

from collections.abc import Callable

from relupc.analyse.erl.expressions import FORMS, body, clause, expression, name_of, primary, until
from relupc.analyse.erl.syntax import Clause, Cursor, Expr, NotReadError
from relupc.analyse.erl.tokens import Token
from relupc.model.term import Atom, Int


def function(tokens: list[Token]) -> tuple[str, list[Clause]]:
    """The name of a function, and its clauses. Raises NotReadError."""
    cursor, clauses = Cursor(tokens, _FORMS), list[Clause]()
    name = name_of(cursor)
    cursor.at = 0
    while True:
        if name_of(cursor) != name:
            raise NotReadError
        line = cursor.need("(").line
        clauses.append(clause(cursor, tuple(until(cursor, ")")), line))
        if cursor.here.kind == "end":
            return name, _alike(clauses)
        cursor.need(";")


def _alike(clauses: list[Clause]) -> list[Clause]:
    """Clauses that all take as many arguments. Raises NotReadError."""
    if len({len(one.patterns) for one in clauses}) > 1:
        raise NotReadError
    return clauses


def _begin(cursor: Cursor, line: int) -> Expr:
    found = Expr("begin", line, (body(cursor),))
    cursor.need("end")
    return found


def _clauses(cursor: Cursor) -> tuple[Clause, ...]:
    """The clauses of a case and the like, each with one pattern."""
    found = []
    while True:
        line = cursor.here.line
        found.append(clause(cursor, (expression(cursor),), line))
        if not cursor.skip(";"):
            return tuple(found)


def _case(cursor: Cursor, line: int) -> Expr:
    of = expression(cursor)
    cursor.need("of")
    found = Expr("case", line, (of, _clauses(cursor)))
    cursor.need("end")
    return found


def _if(cursor: Cursor, line: int) -> Expr:
    found = []
    while True:
        start, at = cursor.here.line, cursor.at
        while cursor.here.kind != "end" and not cursor.sees("->"):
            cursor.take()
        guard = (Token("atom", "when", start), *cursor.tokens[at : cursor.at])
        cursor.need("->")
        found.append(Clause((), guard, body(cursor), start))
        if not cursor.skip(";"):
            cursor.need("end")
            return Expr("if", line, (tuple(found),))


def _receive(cursor: Cursor, line: int) -> Expr:
    clauses = () if cursor.sees("after") else _clauses(cursor)
    after = None
    if cursor.skip("after"):
        timeout = expression(cursor)
        cursor.need("->")
        after = (timeout, body(cursor))
    cursor.need("end")
    return Expr("receive", line, (clauses, after))


def _try(cursor: Cursor, line: int) -> Expr:
    parts = body(cursor)
    clauses = _clauses(cursor) if cursor.skip("of") else ()
    caught = _clauses(cursor) if cursor.skip("catch") else ()
    after = body(cursor) if cursor.skip("after") else ()
    cursor.need("end")
    return Expr("try", line, (parts, clauses, caught, after))


def _maybe(cursor: Cursor, line: int) -> Expr:
    parts = body(cursor)
    clauses = _clauses(cursor) if cursor.skip("else") else ()
    cursor.need("end")
    return Expr("maybe", line, (parts, clauses))


def _fun(cursor: Cursor, line: int) -> Expr:
    following = cursor.tokens[cursor.at + 1 : cursor.at + 2]
    name = cursor.take().text if cursor.here.kind == "var" and following and following[0].text == "(" else ""
    if cursor.sees("("):
        clauses = list[Clause]()
        while True:
            if name and clauses:
                cursor.take()
            start = cursor.need("(").line
            clauses.append(clause(cursor, tuple(until(cursor, ")")), start))
            if not cursor.skip(";"):
                cursor.need("end")
                return Expr("fun", line, (tuple(_alike(clauses)), name))
    parts = [primary(cursor)]
    while cursor.skip(":") or cursor.skip("/"):
        parts.append(primary(cursor))
    match [part.parts[0] if part.kind == "value" else None for part in parts]:
        case [Atom(local), Int(arity)]:
            return Expr("local_fun", line, (local, arity))
        case [Atom(module), Atom(other), Int(arity)]:
            return Expr("external_fun", line, (module, other, arity))
    return Expr("opaque", line)


def _maybe_or_atom(cursor: Cursor, line: int) -> Expr:
    """`maybe` is an atom too where it is no keyword: before OTP 25, and without the feature."""
    is_keyword = cursor.here.kind not in ("sign", "end") or cursor.sees("{", "[", "<<", "#")
    return _maybe(cursor, line) if is_keyword else Expr("value", line, (Atom("maybe"),))


_FORMS: dict[str, Callable[[Cursor, int], Expr]] = {
    **FORMS,
    "begin": _begin,
    "case": _case,
    "if": _if,
    "receive": _receive,
    "try": _try,
    "maybe": _maybe_or_atom,
    "fun": _fun,
}
