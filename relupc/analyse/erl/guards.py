"""Which clauses a guard leaves open: those that are surely taken by some values and passed by others.

A guard is followed if it is made of tests of one variable each, each variable once: `is_list(X), Y > 1`. A test may
still fail or hold where nothing was asked before that tells. What was asked is kept by place: a variable that was there
before, or where in the arguments a value stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.erl.tokens import Token
from relupc.model.term import Atom, Int
from relupc.model.value import NamedTuple, dataclass, field

Place: TypeAlias = tuple[object, ...]
_CLASSES = {
    **{f"is_{name}": (name,) for name in ("atom", "float", "integer", "map", "tuple", "pid", "port", "reference")},
    "is_binary": ("binary",),
    "is_bitstring": ("binary", "bits"),
    "is_boolean": ("atom", "boolean"),
    "is_function": ("function",),
    "is_list": ("nil", "cons"),
    "is_number": ("float", "integer"),
}
_ALL_CLASSES = frozenset(name for names in _CLASSES.values() for name in names)
NEVER = "never"  # what a guard asks that asks for two types at once
_EQUAL, _ORDER = ("==", "=:=", "/=", "=/=", "!=", "===", "!=="), ("<", ">", "=<", ">=", "<=")
_CHOICES = (";", "orelse", "or")
_SEPARATORS = (",", "andalso", "and", *_CHOICES)
_SIZES = {
    "length": "list",
    "hd": "list",
    "byte_size": "binary",
    "bit_size": "binary",
    "map_size": "map",
    "tuple_size": "tuple",
    "element": "tuple",
    "abs": "number",
}
_CONSTANTS = ("atom", "quoted", "int")
_TYPES = {name: name for name in ("atom", "binary", "map", "pid", "reference", "tuple")}
_TYPES |= {"boolean": "atom", "cons": "list", "nil": "list", "float": "number", "integer": "number"}


class Asked(NamedTuple):
    """A test: the variables it is about, and what it tells apart: some classes, a value (`=` and it), or an order."""

    names: tuple[str, ...]
    kinds: frozenset[str]


def questions_of(guard: Sequence[Token]) -> list[Asked] | None:
    """The tests of a guard; none of one that always holds, None where it is not followed.

    What is without a `when` is a guard of Elixir, of which only the variables are known.
    """
    if guard and guard[0].text != "when":
        names = tuple(token.text for token in guard if token.kind == "var")
        return [Asked(names, frozenset())] if names else None
    if not guard or [token.text for token in guard[1:]] == ["true"]:
        return []
    kinds: dict[tuple[str, ...], frozenset[str]] = {}
    for sign, piece in _pieces(guard[1:]):
        test = _test(piece)
        if test is None:
            return None
        if _names(kinds) & {*test.names} and (sign not in _CHOICES or test.names not in kinds):
            known = kinds.get(test.names, frozenset())
            both = sign not in _CHOICES and known <= _ALL_CLASSES and test.kinds <= _ALL_CLASSES
            return [Asked((), frozenset((NEVER,)))] if both and known and not known & test.kinds else None
        kinds[test.names] = kinds.get(test.names, frozenset()) | test.kinds
    return [Asked(*one) for one in kinds.items()]


def is_choice(guard: Sequence[Token]) -> bool:
    """Whether one test that holds is enough."""
    return any(token.text in _CHOICES for token in guard)


def _names(kinds: Iterable[tuple[str, ...]]) -> set[str]:
    return {name for names in kinds for name in names}


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[str, list[Token]]]:
    """The tests that a guard is made of, without brackets around several, and what joins each to those before."""
    piece, sign, calls, depth = list[Token](), ",", 0, 0
    for token in (*tokens, Token("sign", ",", 0)):
        if not calls and token.kind in ("sign", "atom") and token.text in _SEPARATORS:
            yield sign, _bare(piece)
            piece, sign = [], token.text
            continue
        depth += (token.text == "(") - (token.text == ")")
        if token.text == "(" and not calls and piece and piece[-1].kind == "atom" and piece[-1].text != "not":
            calls = depth  # of a call: what stands in there is one test
        calls = calls if depth >= calls else 0
        piece.append(token)


def _bare(piece: list[Token]) -> list[Token]:
    """A test without brackets that open or close around it and others."""
    texts = [token.text for token in piece]
    while texts[:1] == ["("]:
        piece, texts = piece[1:], texts[1:]
    while texts.count(")") > texts.count("("):
        piece, texts = piece[:-1], texts[:-1]
    return piece


def _test(piece: Sequence[Token]) -> Asked | None:
    match [(token.kind, token.text) for token in piece]:
        case [("var", var)] | [(_, "not"), ("var", var)]:
            return Asked((var,), frozenset(("?",)))
        case [(_, name), (_, "("), ("var", var), (_, ")")] if name in _CLASSES:
            return Asked((var,), frozenset(_CLASSES[name]))
        case [(_, name), (_, "("), *given, ("var", var), (_, ")"), (_, sign), (kind, text)] if _is_part(
            name, given, kind
        ):
            return Asked((var,), frozenset((f"?{name}{given}{sign}{text}",))) if sign in (*_EQUAL, *_ORDER) else None
        case [("var", var), (_, sign), (kind, text)] | [(kind, text), (_, sign), ("var", var)] if kind in _CONSTANTS:
            if sign in _EQUAL:
                return Asked((var,), frozenset((f"={text}" if sign in ("==", "=:=") else f"?{sign}{text}",)))
            return Asked((var,), frozenset(("order",))) if sign in _ORDER else None
        case [("var", var), (_, sign), ("var", other)] if sign in (*_EQUAL, *_ORDER) and var != other:
            return Asked((var, other), frozenset(("order",)))
    return None


def type_told(test: Asked) -> str | None:
    """The type of a value of which a test holds."""
    (kind, *more) = sorted(test.kinds) or [""]
    if kind == "?":
        return "bool"
    if kind.startswith("=") and not more:
        return "number" if kind[1:].isdigit() else "atom"
    if kind.startswith("?"):
        return next((kind_ for name, kind_ in _SIZES.items() if kind[1:].startswith(name)), None)
    if {kind, *more} <= {"float", "integer"}:
        return "number"
    if more in (["boolean"], ["nil"]):
        return "bool" if kind == "atom" else "list"
    return kind if not more and kind in ("atom", "tuple", "map", "pid", "reference", "binary") else None


def types_told(test: Asked) -> list[str]:
    """The types of which a value is, if a test holds of it that may ask for several; none where they are not known."""
    if one := type_told(test):
        return [one]
    types = {_TYPES.get(kind) for kind in test.kinds}
    return sorted(name for name in types if name) if None not in types else []


def _is_part(name: str, given: Sequence[tuple[str, str]], kind: str) -> bool:
    """Whether a test is about a part of a value, or its size, and a constant."""
    numbers = [text for of, text in given if of == "int"]
    with_number = name == "element" and len(given) == 2 and len(numbers) == 1
    return kind in _CONSTANTS and (with_number or (name in _SIZES and name != "element" and not given))


@dataclass(slots=True)
class Before:
    """What the clauses before ask: with patterns by place, and those that have guards."""

    patterns: dict[Place, set[str]] = field(default_factory=dict)
    guarded: list[Clause] = field(default_factory=list)

    def leaves_open(self, clause: Clause, tests: Sequence[Asked], covers: Callable[[Clause], bool]) -> bool:
        """Whether what was asked tells nothing of what a clause asks; `covers` tells which take all that it does."""
        if not tests and not self.guarded:
            return True
        places, failed = dict(_named(clause)), _failed(filter(covers, self.guarded))
        for place, kind in _asked(clause):
            known = failed.get(place, set())
            if "order" in known or _tells(known, frozenset((kind,))):
                return False
        for test in tests:
            for name in test.names:
                place = places.get(name, (name,))
                if _tells(failed.get(place, set()) | self.patterns.get(place, set()), test.kinds):
                    return False
        return True

    def add(self, clause: Clause) -> None:
        """Note what a clause asks."""
        for place, kind in _asked(clause):
            self.patterns.setdefault(place, set()).add(kind)
        if clause.guard:
            self.guarded.append(clause)


def _failed(clauses: Iterable[Clause]) -> dict[Place, set[str]]:
    """The tests that do not hold where none of these was taken. Of several that all have to hold it may be any."""
    found: dict[Place, set[str]] = {}
    for clause in clauses:
        tests = questions_of(clause.guard) or ()
        if len(tests) > 1 and not is_choice(clause.guard):
            continue
        places = dict(_named(clause))
        for test in tests:
            for name in test.names:
                found.setdefault(places.get(name, (name,)), set()).update(test.kinds)
    return found


def _tells(known: set[str], kinds: frozenset[str]) -> bool:
    """Whether what was asked may tell the answer to a test."""
    if not known or not kinds:
        return False
    if any(kind.startswith("?") for kind in (*known, *kinds)):
        return True
    is_value = any(kind.startswith("=") for kind in kinds)
    if is_value:
        return not all(kind.startswith("=") for kind in known) or bool(known & kinds)
    if "order" in kinds:
        return "order" in known
    return not kinds - known or ("atom" in kinds and bool(known & {"=true", "=false"}))


def _named(clause: Clause) -> Iterator[tuple[str, Place]]:
    """The variables of the patterns, with where they stand."""
    for place, part in _parts(clause.patterns):
        if part.kind == "var":
            yield part.parts[0], place


def _asked(clause: Clause) -> Iterator[tuple[Place, str]]:
    """What the patterns ask, with where."""
    for place, part in _parts(clause.patterns):
        if part.kind == "value":
            value = part.parts[0]
            yield (
                place,
                f"={value.name}"
                if isinstance(value, Atom)
                else f"={value.value}"
                if isinstance(value, Int)
                else "cons",
            )
        elif part.kind == "list":
            yield place, "cons" if part.parts[0] else "nil"
        elif part.kind in ("tuple", "record"):
            yield place, "tuple"
        elif part.kind in ("map", "binary"):
            yield place, "map" if part.kind == "map" else "binary"
        elif part.kind != "var":
            yield from ((place, kind) for kind in ("order", "cons", "nil", "tuple", "map", "binary", "=?"))


def _parts(patterns: Sequence[Expr]) -> Iterator[tuple[Place, Expr]]:
    """The parts of patterns with where they stand; what is in a map, a record or a binary is at one place."""
    todo: list[tuple[Place, Expr]] = [((at,), pattern) for at, pattern in enumerate(patterns)]
    while todo:
        place, part = todo.pop()
        kind, _, parts = part
        if kind == "match":
            todo += [(place, one) for one in parts]
            continue
        yield place, part
        if kind == "tuple":
            todo += [((*place, len(parts[0]), at), one) for at, one in enumerate(parts[0])]
        elif kind == "list" and parts[0]:
            todo.append(((*place, "head"), parts[0][0]))
            rest = Expr("list", part.line, (parts[0][1:], parts[1]))
            todo.append(((*place, "tail"), (parts[1] if parts[1] else rest) if len(parts[0]) == 1 else rest))
        else:
            todo += [((*place, "?"), one) for one in _inside(parts)]


def _inside(parts: object) -> Iterator[Expr]:
    if isinstance(parts, Expr):
        yield parts
    elif isinstance(parts, tuple):
        for part in parts:
            yield from _inside(part)
