"""The expressions of a function -> whether the compiler may leave out branches of it.

It does where what was asked of a variable before, or the value that the variable was given, tells which branch is
taken. All variables have names of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relupc.analyse.erl.syntax import Clause, Expr, NotReadError
from relupc.model.term import Atom
from relupc.model.value import dataclass, field

_EQUAL, _UNEQUAL, _ORDER = ("==", "=:="), ("/=", "=/="), ("<", ">", "=<", ">=")
_MADE = ("value", "tuple", "list", "map", "fun", "local_fun", "external_fun")
_UNTRUE: frozenset[object] = frozenset((Atom("nil"), Atom("false")))
_ANY_EQUAL = frozenset(("==",))  # stands for each question whether something is equal to a value

Values = frozenset[object] | None  # the values of which it is told whether a variable has them; None: of all
_NONE: frozenset[object] = frozenset()


@dataclass(slots=True)
class Told:
    """What is known of variables at some place; `same` are those that stand for another."""

    values: dict[str, Values] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)

    def name(self, var: Expr) -> str:
        """The variable that this one stands for."""
        name: str = var.parts[0]
        return self.same.get(name, name)

    def tell(self, names: Iterable[str], values: Values) -> None:
        """Note that something is known of variables."""
        for name in names:
            before = self.values.get(name, _NONE)
            self.values[name] = None if values is None or before is None else before | values


def ask_anew(clauses: tuple[Clause, ...]) -> None:
    """Raises NotReadError if a function, of which these are the clauses, asks what is known."""
    told = Told()
    for at in range(len(clauses[0].patterns)):
        before: frozenset[object] = _NONE
        for clause in clauses:
            pattern = clause.patterns[at]
            if pattern.kind == "var":
                told.tell([pattern.parts[0]], before)
            before |= _values(pattern) if not clause.guard else _NONE
    for clause in clauses:
        _clause(told, clause)


def _clause(told: Told, clause: Clause) -> None:
    _look(told, clause.patterns)
    if any(token.kind == "int" for token in clause.guard):
        told.tell([told.same.get(token.text, token.text) for token in clause.guard if token.kind == "var"], None)
    _look(told, clause.body)


def _look(told: Told, part: object) -> None:
    if isinstance(part, Clause):
        _clause(told, part)
    elif isinstance(part, Expr):
        if part.kind == "case":
            _case(told, *part.parts)
        else:
            _look(told, part.parts)
        if part.kind == "match":
            _match(told, *part.parts)
    elif isinstance(part, tuple):
        for inner in part:
            _look(told, inner)


def _match(told: Told, left: Expr, right: Expr) -> None:
    if left.kind == right.kind == "var":
        told.same[left.parts[0]] = told.name(right)
    for var, other in ((left, right), (right, left)):
        if var.kind == "var" and (other.kind in _MADE or other == Expr("opaque", other.line)):
            told.tell([told.name(var)], None)


def _case(told: Told, of: Expr, clauses: tuple[Clause, ...]) -> None:
    _look(told, of)
    names = {told.name(var) for var in asked_of(of)}
    patterns = [pattern for clause in clauses for pattern in clause.patterns]
    branches = len(clauses) > 1 and all(pattern.parts == ("_",) for pattern in patterns)
    values = _NONE.union(*map(_values, patterns))
    if branches:
        values = _values(of) if _is(of, (*_EQUAL, *_UNEQUAL, *_ORDER)) else _values(of) | _UNTRUE
    asked = values if _is(of, _ORDER) else values | _ANY_EQUAL
    before = {name: told.values.get(name, _NONE) for name in sorted(names)}
    if _is_made(of) or any(known is None or known & asked for known in before.values()):
        raise NotReadError
    for number, clause in enumerate(clauses):
        told.tell(names, _branch(of, values, number) if branches else _arm(clause, values))
        told.same |= {pattern.parts[0]: name for pattern in clause.patterns for name in names if pattern.kind == "var"}
        _clause(told, clause)
        told.values |= before


def _branch(of: Expr, values: frozenset[object], number: int) -> Values:
    """What the first branch of an `if` knows, or the second."""
    if _is(of, _EQUAL) or _is(of, _ORDER):
        return (values | _ANY_EQUAL if _is(of, _ORDER) else values) if number else None
    if _is(of, _UNEQUAL) or of.kind == "var":
        return None if number else values
    return values


def _arm(clause: Clause, values: frozenset[object]) -> Values:
    return values if all(pattern.kind == "var" for pattern in clause.patterns) else None


def _is(of: Expr, signs: tuple[str, ...]) -> bool:
    return of.kind == "op" and of.parts[0] in signs


def _is_made(of: Expr) -> bool:
    if of.kind in ("tuple", "list"):
        return any(map(_is_made, of.parts[0]))
    return of.kind in _MADE or of == Expr("opaque", of.line)


def asked_of(of: Expr) -> Iterator[Expr]:
    """The variables that decide which branch is taken."""
    if of.kind == "var":
        yield of
    elif of.kind in ("tuple", "list"):
        yield from (var for part in of.parts[0] for var in asked_of(part))
    elif of.kind == "op" and of.parts[0] in (*_EQUAL, *_UNEQUAL, *_ORDER, "not"):
        yield from (var for part in of.parts[1:] for var in asked_of(part))
    elif of.kind == "case":
        yield from (
            var for part in (of.parts[0], *(clause.body[-1] for clause in of.parts[1])) for var in asked_of(part)
        )


def _values(part: object) -> frozenset[object]:
    """The values that a pattern or a comparison has in it."""
    if isinstance(part, Expr):
        if part.kind == "value":
            return frozenset(part.parts)
        if part.kind == "list" and part.parts == ((), None):
            return frozenset(("[]",))
        part = part.parts
    return _NONE.union(*map(_values, part)) if isinstance(part, tuple) else _NONE


def told_by(asked: Expr, number: int) -> Iterator[str]:
    """The variables whose type the compiler may know in the first branch of an `if` (0), or the second (1)."""
    kind, _, parts = asked
    if kind == "case":  # `x && y` has nothing to tell of `x` in the second branch
        is_and = parts[1][0].body[-1].kind != "opaque" and parts[1][-1].body[-1].kind == "opaque"
        for part in (parts[0], *(clause.body[-1] for clause in parts[1])):
            yield from () if is_and and part.kind == "var" else (var.parts[0] for var in asked_of(part))
    elif kind == "var":
        yield from parts if number else ()
    elif kind != "op" or parts[0] not in (*_EQUAL, *_UNEQUAL, *_ORDER) or number == (parts[0] in _UNEQUAL):
        yield from (var.parts[0] for var in asked_of(asked))
