"""What the rules of grammar/term.lark stand for in a script: constants are Terms, all else is a Node.

The functions have the names of the rules; lark calls them with the list of the parts, as those of build.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from relupc.model.source import Span
from relupc.model.term import Float, Int, Term
from relupc.model.value import NamedTuple
from relupc.read import build
from relupc.read.build import Pair, literal, paren, strings, type, types  # noqa: A004 - the names of the rules
from relupc.read.literals import Odd
from relupc.read.tokens import Block, Token

__all__ = ["literal", "paren", "strings", "type", "types"]


class Node(NamedTuple):
    """An expression that is no constant: the rule of the grammar, its parts, and how deep it goes."""

    rule: str
    parts: tuple[Any, ...]
    span: Span
    depth: int


Expression: TypeAlias = Term | Node | Block

# Erlang's operators: how tightly they bind, and how two of one kind do.
_LEVELS = {
    **dict.fromkeys(("=", "!"), (1, "right")),
    "orelse": (2, "right"),
    "andalso": (3, "right"),
    **dict.fromkeys(("==", "/=", "=<", "<", ">=", ">", "=:=", "=/="), (4, "none")),
    **dict.fromkeys(("++", "--"), (5, "right")),
    **dict.fromkeys(("+", "-", "bor", "bxor", "bsl", "bsr", "or", "xor"), (6, "left")),
    **dict.fromkeys(("*", "/", "div", "rem", "band", "and"), (7, "left")),
}


def form(parts: list[Any]) -> tuple[Expression, ...] | Odd:
    """A sequence of expressions up to the full stop, or up to an `end`."""
    wrong = next((part for part in parts if isinstance(part, Odd)), None)
    return wrong or tuple(parts)


def a_list(parts: list[Any]) -> Any:
    return _built("a_list", parts)


def a_tuple(parts: list[Any]) -> Any:
    return _built("a_tuple", parts)


def a_map(parts: list[Any]) -> Any:
    """A map; one with `:=` has to stand behind another one."""
    signs = [part.sign for part in parts if isinstance(part, Pair)]
    return _node("a_map", parts) if any(sign.type == "ASSIGN" for sign in signs) else _built("a_map", parts)


def pair(parts: list[Any]) -> Any:
    return _built("pair", parts)


def a_binary(parts: list[Any]) -> Any:
    return _built("a_binary", parts)


def segment(parts: list[Any]) -> Any:
    return _built("segment", parts)


def size(parts: list[Any]) -> Any:
    return _built("size", parts)


def bit_sign(parts: list[Any]) -> Any:
    return sign(parts)


def sign(parts: list[Any]) -> Any:
    """A sign before a number is part of it."""
    found = build.sign(parts) if isinstance(parts[1], Int | Float) else None
    return _node("sign", parts) if found is None or isinstance(found, Odd) else found


def catching(parts: list[Any]) -> Any:
    return _node("catching", parts)


def call(parts: list[Any]) -> Any:
    return _node("call", parts)


def qualified(parts: list[Any]) -> Any:
    return _node("qualified", parts)


def update(parts: list[Any]) -> Any:
    return _node("update", parts)


def variable(parts: list[Token]) -> Any:
    """A variable, or the block that stands in its place."""
    value = parts[0].value
    return value if isinstance(value, Block) else _node("variable", parts)


def remote_fun(parts: list[Any]) -> Any:
    """`fun m:f/1`, a constant if it names no variable."""
    names = any(isinstance(part, Token) and part.type == "VARIABLE" for part in parts)
    return _node("remote_fun", parts) if names else build.remote_fun(parts)


def local_fun(parts: list[Any]) -> Any:
    return _node("local_fun", parts)


def operation(parts: list[Any]) -> Any:
    """`A + B * C`, as a Node for each operator."""
    operands: list[Any] = [parts[0]]
    signs: list[tuple[Token, int]] = []
    for token, operand in zip(parts[1::2], parts[2::2], strict=True):
        level, kind = _LEVELS[token.span.text]
        while signs and (signs[-1][1] > level or (signs[-1][1] == level and kind == "left")):
            _join(operands, signs.pop()[0])
        if signs and signs[-1][1] == level and kind == "none":
            return Odd(token.span, "two comparisons in a row", "put brackets around the first one", token.span.start)
        signs.append((token, level))
        operands.append(operand)
    while signs:
        _join(operands, signs.pop()[0])
    return operands[0]


def _join(operands: list[Any], token: Token) -> None:
    right, left = operands.pop(), operands.pop()
    operands.append(_node("operation", [left, token, right]))


def variables(expression: object) -> frozenset[str]:
    """The names of the variables in an expression; `_` is none."""
    return frozenset(_variables(expression)) - {"_"}


def _variables(expression: object) -> Iterator[str]:
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Node):
            waiting += part.parts
        elif isinstance(part, Block):
            yield from part.names
        elif isinstance(part, Token) and isinstance(part.value, Block):
            yield from part.value.names
        elif isinstance(part, Token) and part.type == "VARIABLE":
            yield part.span.text


def depth(parts: Iterable[Any]) -> int:
    """How deep an expression of these parts goes."""
    return 1 + max((part.depth for part in parts if isinstance(part, Node | Block)), default=0)


def _built(rule: str, parts: list[Any]) -> Any:
    """A constant if all parts are, as build.py makes it; else a Node to be built when they are known."""
    if any(isinstance(part, Node | Block) for part in parts):
        return _node(rule, parts)
    return getattr(build, rule)(parts)


def _node(rule: str, parts: list[Any]) -> Node | Odd:
    wrong = next((part for part in parts if isinstance(part, Odd)), None)
    if wrong:
        return wrong
    first, last = (next(p for p in found if p is not None).span for found in (parts, reversed(parts)))
    return Node(rule, tuple(parts), Span(first.source, first.start, last.end), depth(parts))
