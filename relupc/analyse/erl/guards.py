"""Which clauses a guard leaves open: those that are surely taken by some values and passed by others.

A guard is followed if it is made of tests of one variable each, each variable once: `is_list(X), Y > 1`. A test may
still fail or hold where nothing was asked before that tells (before.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from relupc.analyse.erl.tokens import Token
from relupc.model.term import Atom, Int, Term
from relupc.model.value import NamedTuple

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
_SAME = ("==", "=:=", "=<", ">=")
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
_TYPES |= {"boolean": "atom", "function": "fun", "cons": "list", "nil": "list", "float": "number", "integer": "number"}


class Asked(NamedTuple):
    """A test: the variables it is about, and what it tells apart: some classes, a value (`=` and it), or an order."""

    names: tuple[str, ...]
    kinds: frozenset[str]


ALWAYS = Asked((), frozenset())  # what holds whatever the values are


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
        if test is None or (test == ALWAYS and is_choice(guard)):
            return None
        if test == ALWAYS:
            continue
        if _names(kinds) & {*test.names} and (sign not in _CHOICES or test.names not in kinds):
            known = kinds.get(test.names, frozenset())
            both = sign not in _CHOICES and known <= _ALL_CLASSES and test.kinds <= _ALL_CLASSES
            return [Asked((), frozenset((NEVER,)))] if both and known and not known & test.kinds else None
        kinds[test.names] = kinds.get(test.names, frozenset()) | test.kinds
    return [Asked(*one) for one in kinds.items()]


def tests_of(guard: Sequence[Token]) -> list[Asked]:
    """The tests of a guard that are understood, whatever the others are."""
    is_erlang = bool(guard) and guard[0].text == "when"
    return [test for _, piece in _pieces(guard[1:]) if (test := _test(piece))] if is_erlang else []


def is_choice(guard: Sequence[Token]) -> bool:
    """Whether one test that holds is enough."""
    return any(token.text in _CHOICES for token in guard)


def is_negated(guard: Sequence[Token]) -> bool:
    """Whether a guard asks what a value is not."""
    return any(token.text in ("not", "/=", "=/=") for token in guard)


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
        case [("var", var), (_, sign), ("var", other)] if sign in (*_EQUAL, *_ORDER):
            if var == other:
                return ALWAYS if sign in _SAME else Asked((), frozenset((NEVER,)))
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


def value_told(test: Asked) -> Term | None:
    """The value that a test asks for, if it is a plain atom or number."""
    (kind, *more) = test.kinds or [""]
    if more or kind[:1] != "=":
        return None
    return Int(int(kind[1:])) if kind[1:].isdigit() else Atom(kind[1:]) if kind[1:].isidentifier() else None


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
