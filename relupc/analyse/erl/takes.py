"""A pattern and a value (witness.py) -> whether it surely takes that, or surely not, and what its variables are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from relupc.analyse.erl.syntax import Expr
from relupc.analyse.erl.witness import (
    ANY,
    DOUBT,
    MAP,
    MAX_DEPTH,
    NIL,
    NUMBER,
    UNTOLD,
    Value,
    Values,
    constant,
    some,
    type_of,
)
from relupc.model.term import Atom, Float, Int, List, Str

_KINDS = ("count", "bool", "found", "some", "whole", "record", "built")
_ASKED: dict[object, str] = {
    Atom: "atom",
    Int: "number",
    Float: "number",
    Str: "list",
    List: "list",
    "list": "list",
    "tuple": "tuple",
    "record": "tuple",
    "map": "map",
    "binary": "binary",
}


def takes(pattern: Expr, value: Value, known: Mapping[str, Values]) -> bool:
    """Whether a pattern surely takes a value, or one that it stands for."""
    kind, _, parts = pattern
    if kind == "var":
        return parts[0] not in known or (value == ANY and known[parts[0]] == (ANY,))
    if kind == "match":
        alone = value != ANY or "var" in (parts[0].kind, parts[1].kind)  # both may ask what no value is
        return alone and takes(parts[0], value, known) and takes(parts[1], value, known)
    if value in (ANY, DOUBT, NUMBER, UNTOLD):
        return value == ANY
    if value[0] in _KINDS:
        return _may_be(pattern, value)
    if kind == "value":
        return bool(value == constant(parts[0]))
    if value == MAP:
        return is_map(pattern)
    inner = parts_of(pattern, value)
    return inner is not None and all(takes(part, each, known) for part, each in inner)


def passes(pattern: Expr, value: Value, known: Mapping[str, Values]) -> bool:
    """Whether a pattern surely does not take a value, or one that it stands for."""
    kind, _, parts = pattern
    if kind == "var":
        return parts[0] in known and value == ANY
    if value in (ANY, DOUBT, NUMBER, UNTOLD):
        return value == ANY and (kind != "match" or any(passes(part, value, known) for part in parts))
    if kind == "match":
        return any(passes(part, value, known) for part in parts)
    if value[0] in _KINDS:
        return _may_differ(pattern, value)
    if kind == "value":
        return value != constant(parts[0])
    if kind not in ("tuple", "list"):
        return value == MAP and is_map(pattern) and bool(fields_of(pattern))
    inner = parts_of(pattern, value)
    return inner is None or any(passes(part, each, known) for part, each in inner)


def surely_differs(pattern: Expr, value: Value) -> bool:
    """Whether no value that this stands for is taken by a pattern, or it may be so for a macro that nobody knows."""
    if value == UNTOLD and pattern.kind not in ("var", "match"):
        return True
    if pattern.kind == "match":
        return any(surely_differs(part, value) for part in pattern.parts)
    if value[0] == "is" and pattern.kind == "value":
        return bool(value != constant(pattern.parts[0]))
    if pattern.kind == "tuple" and value[0] in ("record", "built"):
        return True  # how many fields it has is not followed
    if pattern.kind == "record" and value[0] == "tuple":
        return value[1:2] == () or (value[1][0] == "is" and value[1] != constant(Atom(pattern.parts[1])))
    pattern = _spelled(pattern) if value[0] in ("cons", "nil") else pattern
    if pattern.kind in ("tuple", "list") and value[0] in ("tuple", "cons", "nil"):
        inner = parts_of(pattern, value)
        return inner is None or any(surely_differs(part, each) for part, each in inner)
    if pattern.kind == "value" and value == some("list") and isinstance(pattern.parts[0], Str):
        return bool(pattern.parts[0].value)  # a list made of something else
    if pattern.kind == "value" and type_of(value) == "bool":
        return pattern.parts[0] not in (Atom("true"), Atom("false"))
    return are_apart(_type_asked(pattern), type_of(value))


def are_apart(one: str | None, other: str | None) -> bool:
    """Whether no value is of both types; None is one that is not known."""
    if one is None or other is None:
        return False
    types = {"atom" if name == "bool" else name for name in (one, other)}
    return len({name.rstrip("0123") for name in types} if "fun" in types else types) > 1


def _spelled(pattern: Expr) -> Expr:
    """A string as the list that it is, as far as lists are looked into."""
    if pattern.kind != "value" or not isinstance(pattern.parts[0], Str):
        return pattern
    letters = [Expr("value", pattern.line, (Int(ord(one)),)) for one in pattern.parts[0].value[:MAX_DEPTH]]
    return Expr("list", pattern.line, (tuple(letters), Expr("var", pattern.line, ("_",))))


def bound(pattern: Expr, value: Value) -> dict[str, Value]:
    """What the variables of a pattern that takes a value stand for."""
    kind, _, parts = pattern
    if kind == "var":
        return {parts[0]: value}
    if kind == "match":
        inner: list[tuple[Expr, Value]] | None = [(parts[0], _as(parts, 1, value)), (parts[1], _as(parts, 0, value))]
    else:
        inner = parts_of(pattern, value)
    if inner is None and kind == "binary" and not is_map(pattern):
        inner = [(part, some("number")) for part in parts if part.kind != "bytes"]
        inner += [(part.parts[0], some("binary")) for part in parts if part.kind == "bytes"]
    if inner is None:
        is_whole = (
            (value in (ANY, MAP) or value[0] == "whole") and kind != "op" and (kind != "binary" or is_map(pattern))
        )
        asked = fields_of(pattern).values() if kind == "record" else _inside(parts)
        inner = [(part, ANY if is_whole else DOUBT) for part in asked]
    return {name: one for part, each in inner for name, one in bound(part, each).items()}


def shaped(pattern: Expr, value: Value) -> Value:
    """What a value that a pattern took is known to be."""
    kind, _, parts = pattern
    if kind == "var" or value not in (ANY, DOUBT):
        return value
    if kind == "value":
        return constant(parts[0])
    if kind == "record":
        return ("built", parts[1])
    if kind == "tuple":
        return ("tuple", *(DOUBT for _ in parts[0]))
    if kind == "list":
        return ("cons", DOUBT, DOUBT) if parts[0] else NIL
    asked = _type_asked(pattern)
    return some(asked) if asked else DOUBT


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


def _may_be(pattern: Expr, value: Value) -> bool:
    """Whether a pattern surely takes some of the values of a type."""
    kind, _, parts = pattern
    constant_ = parts[0] if kind == "value" else None
    match value[0]:
        case "count":
            return isinstance(constant_, Int)
        case "bool":
            return isinstance(constant_, Atom) and constant_.name in ("true", "false")
        case "whole":
            return bool(_type_asked(pattern) == value[1])
        case "found":
            return constant_ == Atom("false") or (kind == "tuple" and _are_new(parts[0]))
        case "record" | "built":
            return kind == "record" and parts[1] == value[1] and _are_new(fields_of(pattern).values())
    return False


def _are_new(patterns: Iterable[Expr]) -> bool:
    return all(one.kind == "var" for one in patterns)


def _may_differ(pattern: Expr, value: Value) -> bool:
    """Whether a pattern surely does not take some of the values of a type."""
    kind, _, parts = pattern
    if value[0] in ("count", "bool", "found", "whole"):
        return kind not in ("var", "opaque")
    if value[0] in ("record", "built") and kind == "record":
        return bool(parts[1] != value[1])
    asked = _type_asked(pattern)
    own = "tuple" if value[0] != "some" else "atom" if value[1] == "bool" else value[1]
    return asked is not None and asked != own


def _type_asked(pattern: Expr) -> str | None:
    """The type that a pattern asks for; a map of Elixir is written as a binary."""
    kind = "map" if is_map(pattern) else pattern.kind
    return _ASKED.get(type(pattern.parts[0]) if kind == "value" else kind)


def _as(parts: Sequence[Expr], at: int, value: Value) -> Value:
    """What a value is known to be after one of two patterns took it, for the other one if that is a variable."""
    by = parts[at]
    if value not in (ANY, DOUBT) or by.kind == "var" or parts[1 - at].kind != "var":
        return value
    return MAP if is_map(by) and by.kind == "binary" else shaped(by, value)


def _inside(parts: object) -> list[Expr]:
    if isinstance(parts, Expr):
        return [parts]
    return [one for part in parts for one in _inside(part)] if isinstance(parts, tuple) else []


def fields_of(pattern: Expr) -> dict[object, Expr]:
    """What a pattern asks of a map or a record, by its keys; those of Elixir's maps come last."""
    if pattern.kind == "map":
        return {key[::2]: part for key, part in pattern.parts[1]}
    if pattern.kind == "record":
        return {one.parts[0][::2]: one.parts[1] for one in pattern.parts[2] if one.kind == "match"}
    *parts, keys = pattern.parts
    return dict(zip(keys, parts, strict=False))


def is_map(pattern: Expr) -> bool:
    """Whether it is a map; one of Elixir is a binary whose last part are its keys."""
    return pattern.kind == "map" or (pattern.kind == "binary" and bool(pattern.parts) and "%" in pattern.parts[-1])
