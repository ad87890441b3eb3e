"""What a function of a source text asks of its arguments: that it does, and for which atoms; no more is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relupc.analyse.erl.syntax import Expr
from relupc.analyse.erl.tokens import Token
from relupc.analyse.values import unknown
from relupc.model.code import Argument, Part, Test, origin_of, parts
from relupc.model.term import Atom, Term

ASKED = "asked"
_QUESTIONS = frozenset(("==", "/=", "=:=", "=/=", "<", ">", "=<", ">=", "and", "or", "xor", "not", "andalso", "orelse"))


def of_pattern(pattern: Expr, value: Term) -> Iterator[Test]:
    """What a pattern asks of a value: nothing if it is a variable."""
    if pattern.kind != "var" and is_argument(value):
        yield Test(ASKED, value, tuple(dict.fromkeys(_atoms(pattern))))


def of_guard(guard: Sequence[Token], env: Mapping[str, Term]) -> Iterator[Test]:
    """What a guard asks of the values of its variables."""
    for token in guard:
        if token.kind == "var" and token.text in env and is_argument(env[token.text]):
            yield Test(ASKED, env[token.text], ())


def of_operator(sign: str, values: Sequence[Term]) -> Iterator[Test]:
    """What a comparison asks."""
    yield from (Test(ASKED, value, ()) for value in values if sign in _QUESTIONS and is_argument(value))


def of_call(module: str, name: str, args: Sequence[Term]) -> Iterator[Test]:
    """What `is_list(X)` and the like ask."""
    if module == "erlang" and name.startswith("is_"):
        yield from (Test(ASKED, value, ()) for value in args if is_argument(value))


def is_argument(value: Term) -> bool:
    """Whether a value is an argument, a part of one, or holds either."""
    return any(isinstance(_root(part), Argument) for part in parts(value))


def arguments(patterns: Sequence[Expr]) -> Iterator[Test]:
    """What the patterns of a clause ask of the arguments."""
    for number, pattern in enumerate(patterns):
        yield from of_pattern(pattern, unknown(Argument(number)))


def _root(value: Term) -> object:
    origin = origin_of(value)
    while isinstance(origin, Part):
        origin = origin_of(origin.whole)
    return origin


def _atoms(pattern: object) -> Iterator[Term]:
    """The atoms in a pattern."""
    if isinstance(pattern, Expr) and pattern.kind == "value":
        yield from (part for part in pattern.parts if isinstance(part, Atom))
    elif isinstance(pattern, tuple):
        for part in pattern:
            yield from _atoms(part)
