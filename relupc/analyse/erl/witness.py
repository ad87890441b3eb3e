"""Values that a program may meet, as far as they are known where a module is run without running it.

A value is a tuple: `ANY` may be whatever there is, of `DOUBT` nothing is known. The others are constants, types, and
tuples, lists and records of such.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice, product
from typing import Any, TypeAlias

from relupc.model.term import Atom, Float, Int, List, Str

Value: TypeAlias = tuple[Any, ...]
Values: TypeAlias = tuple[Value, ...]  # those that an expression may have; none: it may have no value
Env: TypeAlias = dict[str, Values]

ANY: Value = ("any",)
DOUBT: Value = ("doubt",)
NIL: Value = ("nil",)
MAP: Value = ("map",)  # any map
NUMBER: Value = ("number",)
COUNT: Value = ("count",)  # a number from 0 on, which may be any
BOOL: Value = ("bool",)  # `true` or `false`, which may be either
FOUND: Value = ("found",)  # a tuple, or `false`
NOTHING: Values = ()
ANYTHING: Values = (ANY,)
DOUBTFUL: Values = (DOUBT,)
UNTOLD: Value = ("untold",)  # what a macro of a header stands for: a constant, perhaps
MAX_VALUES = 8
MAX_DEPTH = 3
_CONSTANTS: dict[type, str] = {Atom: "atom", Int: "number", Float: "number", Str: "list", List: "list"}


def constant(term: object) -> Value:
    """A constant."""
    return ("is", term)


def of(*several: Collection[Value]) -> Values:
    """The values of all of these, or some of them if they are many; what may be anything is enough."""
    found = dict.fromkeys(value for values in several for value in values)
    return (ANY,) if ANY in found else tuple(islice(found, MAX_VALUES))


def some(kind: str) -> Value:
    """A value of a type, of which nothing else is known."""
    return ("some", kind)


def whole(kind: str) -> Value:
    """Any value of a type."""
    return ("whole", kind)


def typed(values: Values) -> Values:
    """What is left of values if nothing but their types is known."""
    return of(tuple(DOUBT if (kind := type_of(value)) is None else some(kind) for value in values))


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


def type_of(value: Value) -> str | None:
    """The type of a value, where that is known."""
    if value in (NIL, MAP, NUMBER, COUNT, BOOL):
        return {NIL: "list", MAP: "map", NUMBER: "number", COUNT: "number", BOOL: "bool"}[value]
    match value:
        case ("some" | "whole", str(name)):
            return name
        case ("is", constant):
            return _CONSTANTS.get(type(constant))
        case ("cons", _, tail):
            return "list" if tail in (ANY, DOUBT) or type_of(tail) == "list" else None
        case ("tuple", *_) | ("record", *_) | ("built", *_):
            return "tuple"
    return None
