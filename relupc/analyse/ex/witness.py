"""Values of which it is known that a program may meet them, and whether a pattern takes them.

A value is a tuple: `ANY` may be whatever there is, of `DOUBT` nothing is known. The others are constants, tuples and
lists of such.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any, TypeAlias

from relupc.analyse.erl.syntax import Clause, Expr

Value: TypeAlias = tuple[Any, ...]
Values: TypeAlias = tuple[Value, ...]  # those that an expression may have; none: it may have no value
Env: TypeAlias = dict[str, Values]

ANY: Value = ("any",)
DOUBT: Value = ("doubt",)
NIL: Value = ("nil",)
MAP: Value = ("map",)  # any map
NUMBER: Value = ("number",)
MAX_VALUES = 8
MAX_DEPTH = 3


def constant(term: object) -> Value:
    """A constant."""
    return ("is", term)


def of(*several: Collection[Value]) -> Values:
    """The values of all of these, or some of them if they are many; what may be anything is enough."""
    found = dict.fromkeys(value for values in several for value in values)
    return (ANY,) if ANY in found else tuple(islice(found, MAX_VALUES))


def made(kind: str, parts: Sequence[Values]) -> Values:
    """The values of something that is made of others."""
    return of(tuple((kind, *map(_cut, several)) for several in islice(product(*parts), MAX_VALUES)))


def _cut(value: Value, depth: int = 1) -> Value:
    """A value without what is deep inside of it."""
    if value[0] not in ("tuple", "cons"):
        return value
    return DOUBT if depth == MAX_DEPTH else (value[0], *(_cut(part, depth + 1) for part in value[1:]))


def listed(items: Sequence[Values], tail: Values) -> Values:
    """The values of a list."""
    for item in reversed(items):
        tail = made("cons", (item, tail))
    return tail


def takes(pattern: Expr, value: Value, known: Mapping[str, Values]) -> bool:
    """Whether a pattern surely takes a value, or one that it stands for."""
    kind, _, parts = pattern
    if kind == "var":
        return parts[0] not in known or (value == ANY and known[parts[0]] == (ANY,))
    if kind == "match":
        return takes(parts[0], value, known) and takes(parts[1], value, known)
    if value in (ANY, DOUBT, NUMBER):
        return value == ANY
    if kind == "value":
        return value == constant(parts[0])
    if value == MAP:
        return _is_map(pattern)
    inner = parts_of(pattern, value)
    return inner is not None and all(takes(part, each, known) for part, each in inner)


def passes(pattern: Expr, value: Value, known: Mapping[str, Values]) -> bool:
    """Whether a pattern surely does not take a value, or one that it stands for."""
    kind, _, parts = pattern
    if kind == "var":
        return parts[0] in known and value == ANY
    if value in (ANY, DOUBT, NUMBER):
        return value == ANY and (kind != "match" or any(passes(part, value, known) for part in parts))
    if kind == "match":
        return any(passes(part, value, known) for part in parts)
    if kind == "value":
        return value != constant(parts[0])
    if kind not in ("tuple", "list"):
        return value == MAP and _is_map(pattern) and parts[-1][0] != "%"
    inner = parts_of(pattern, value)
    return inner is None or any(passes(part, each, known) for part, each in inner)


def parts_of(pattern: Expr, value: Value) -> list[tuple[Expr, Value]] | None:
    """The parts of a tuple or a list with their patterns; None if it does not have those."""
    kind, line, parts = pattern
    if kind == "tuple" and value[0] == "tuple" and len(parts[0]) == len(value) - 1:
        return list(zip(parts[0], value[1:], strict=True))
    if kind != "list":
        return None
    if not parts[0]:
        return [(parts[1], value)] if parts[1] else [] if value == NIL else None
    rest = Expr("list", line, (parts[0][1:], parts[1]))
    return [(parts[0][0], value[1]), (rest, value[2])] if value[0] == "cons" else None


def bound(pattern: Expr, value: Value) -> dict[str, Value]:
    """What the variables of a pattern that takes a value stand for."""
    kind, _, parts = pattern
    if kind == "var":
        return {parts[0]: value}
    if kind == "match":
        inner: list[tuple[Expr, Value]] | None = [(parts[0], _as(parts, 1, value)), (parts[1], _as(parts, 0, value))]
    else:
        inner = parts_of(pattern, value)
    if inner is None:
        inner = [(part, ANY if value in (ANY, MAP) else DOUBT) for part in _inside(parts)]
    return {name: one for part, each in inner for name, one in bound(part, each).items()}


def _is_map(pattern: Expr) -> bool:
    return pattern.kind == "binary" and "%" in pattern.parts[-1]


def _as(parts: Sequence[Expr], at: int, value: Value) -> Value:
    """What a value is known to be after one of two patterns took it, for the other one if that is a variable."""
    by = parts[at]
    if value != ANY or by.kind == "var" or parts[1 - at].kind != "var":
        return value
    return constant(by.parts[0]) if by.kind == "value" else MAP if _is_map(by) else DOUBT


def _inside(parts: object) -> list[Expr]:
    if isinstance(parts, Expr):
        return [parts]
    return [one for part in parts for one in _inside(part)] if isinstance(parts, tuple) else []


def covers(pattern: Expr, other: Expr, known: Collection[str]) -> bool:
    """Whether a pattern takes all that another one does, as far as can be seen; `known` are variables with a value."""

    if pattern.kind == other.kind == "value":
        return bool(pattern.parts == other.parts)
    if pattern[::2] == other[::2]:
        return True
    if pattern.kind == "var":
        return pattern.parts[0] not in known

    def all_of(ours: Sequence[Expr], theirs: Sequence[Expr]) -> bool:
        return all(covers(one, two, known) for one, two in zip(ours, theirs, strict=False))

    if pattern.kind == "match":
        return all(covers(part, other, known) for part in pattern.parts)
    if other.kind == "match":
        return any(covers(pattern, part, known) for part in other.parts)
    if pattern.kind not in ("tuple", "list") or pattern.kind != other.kind:
        return pattern.kind == other.kind == "binary" and _covers_keys(pattern.parts, other.parts, known)
    (ours, tail), (theirs, last) = ((*one.parts, None)[:2] for one in (pattern, other))
    if pattern.kind == "tuple" or (tail is None and last is None):
        return len(ours) == len(theirs) and all_of(ours, theirs)
    return tail is not None and len(ours) <= len(theirs) and all_of(ours, theirs)


def _covers_keys(parts: tuple[Any, ...], others: tuple[Any, ...], known: Collection[str]) -> bool:
    """The same for maps, whose keys come last, and for binaries, which have none."""
    *ours, keys = parts
    *theirs, others_keys = others
    if not keys and not others_keys:
        return all(covers(one, two, known) for one, two in zip(ours, theirs, strict=False))
    found = dict(zip(others_keys, theirs, strict=False))
    pairs = [(found[key], part) for key, part in zip(keys, ours, strict=False) if key in found]
    return set(keys) <= set(others_keys) and all(covers(part, other, known) for other, part in pairs)


def matching(clauses: Sequence[Clause], values: Values, env: Env) -> Iterator[tuple[int, Env]]:
    """The clauses that are surely taken by some of what these values stand for, with what their patterns bind."""
    for number, clause in enumerate(clauses):
        known, sure = dict(env), True
        found: Env = {}
        for pattern, value in zip(clause.patterns, values, strict=True):
            sure = sure and takes(pattern, value, known)
            if sure:
                new = {name: (one,) for name, one in bound(pattern, value).items() if name not in known}
                found |= new
                known |= new
        asks = [token.text for token in clause.guard if token.kind == "var"]
        is_open = bool(asks) and all(known.get(name) == (ANY,) for name in asks)
        before = [one for one in clauses[:number] if not one.guard]
        if sure and (is_open or not clause.guard) and not any(_covers(one, clause, env) for one in before):
            yield number, found
        goes_by = any(passes(pattern, one, env) for pattern, one in zip(clause.patterns, values, strict=True))
        if not goes_by and not (sure and is_open):
            return


def _covers(one: Clause, other: Clause, env: Env) -> bool:
    return all(covers(ours, theirs, env) for ours, theirs in zip(one.patterns, other.patterns, strict=True))
