"""What the rules of grammar/term.lark stand for: the parts of an expression in, a Term out, or an Odd.

The functions have the names of the rules; lark calls them with the list of the parts. A part is a Token,
or what another function has made of a rule within.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from relupc.model.source import Span
from relupc.model.term import Float, Fun, Int, List, Map, Str, Term, Tuple
from relupc.model.value import NamedTuple
from relupc.read.bits import Segment, binary
from relupc.read.literals import Odd
from relupc.read.tokens import Token

Value: TypeAlias = Term | Odd

MAX_ARITY = 255
_CONSTANTS = "a term file holds only constants: write the value itself"


class Pair(NamedTuple):
    """`Key => Value`, or `Key := Value`."""

    key: Value
    sign: Token
    value: Value


class _Size(NamedTuple):
    value: Value
    span: Span


class _Types(NamedTuple):
    types: tuple[tuple[str, int | None], ...]
    span: Span


def form(parts: list[Value]) -> Value:
    """The whole text up to the full stop: one expression, or several, which Erlang takes for a function's body."""
    if len(parts) == 1:
        return parts[0]
    span = _span(parts[1])
    at = parts[1].at if isinstance(parts[1], Odd) else span.start
    return Odd(span, "a second term before the full stop", "put both into one list or tuple, or remove one", at)


def literal(parts: list[Token]) -> Value:
    """A token that is a term by itself."""
    value = parts[0].value
    assert isinstance(value, Term | Odd), "the scanner gives these tokens their terms"
    return value


def strings(parts: list[Token]) -> Term:
    """Adjacent strings are one."""
    text = "".join(p.value.value for p in parts if isinstance(p.value, Str))
    span = _join(parts[0].span, parts[-1].span)
    return Str(text, span) if text else List((), None, span)


def paren(parts: list[Any]) -> Value:
    """`(Term)` is the term, with the span of what is inside."""
    inner: Value = parts[1]
    return inner


def a_list(parts: list[Any]) -> Value:
    """A list; a tail that is a list becomes part of it."""
    span = _join(parts[0].span, parts[-1].span)
    items, tail = parts[1:-1], None
    if len(items) > 2 and isinstance(items[-2], Token):
        items, tail = items[:-2], items[-1]
    odd = _odd((*items, tail), span)
    if odd:
        return odd
    if isinstance(tail, Str):
        items, tail = items + [Int(ord(c), tail.span) for c in tail.value], None
    elif isinstance(tail, List):
        items, tail = [*items, *tail.items], tail.tail
    return List(tuple(items), tail, span)


def a_tuple(parts: list[Any]) -> Value:
    """A tuple."""
    span = _join(parts[0].span, parts[-1].span)
    items = [p for p in parts[1:-1] if p is not None]
    return _odd(items, span) or Tuple(tuple(items), span)


def a_map(parts: list[Any]) -> Value:
    """A map; of a key that is written twice, the last value holds."""
    span = _join(parts[0].span, parts[-1].span)
    pairs: list[Pair] = [p for p in parts[2:-1] if p is not None]
    odd = _odd((v for p in pairs for v in (p.key, p.value)), span)
    if odd:
        return odd
    for pair in pairs:
        if pair.sign.type == "ASSIGN":
            return Odd(pair.sign.span, "`:=` changes a map, but there is none to change", "write `=>`", span.start)
    last: dict[Any, Any] = {p.key: (p.key, p.value) for p in pairs}
    return Map(tuple(last.values()), span)


def pair(parts: list[Any]) -> Pair:
    """`Key => Value`."""
    return Pair(*parts)


def a_binary(parts: list[Any]) -> Value:
    """`<<...>>`."""
    span = _join(parts[0].span, parts[-1].span)
    segments = [p for p in parts[1:-1] if p is not None]
    return _odd(segments, span) or binary(segments, span)


def segment(parts: list[Any]) -> Segment | Odd:
    """`Value:Size/types`, the last two optional."""
    value, size, types = parts
    held = size.value if size else None
    for part in (value, held):
        if isinstance(part, Odd):
            return part
    end = parts[2] or parts[1]
    span = _join(value.span, end.span if end else value.span)
    return Segment(value, _literal_text(value), held, types.types if types else (), span)


def _literal_text(value: Term) -> str | None:
    """The text of a string literal; `""` is one, `[]` is not."""
    if isinstance(value, Str):
        return value.value
    written = value.span.text[:1] if value.span else ""
    return "" if isinstance(value, List) and written in ('"', "~") else None


def bit_sign(parts: list[Any]) -> Value:
    """`-1` in a segment."""
    return sign(parts)


def size(parts: list[Any]) -> _Size:
    """`:Size` of a segment."""
    return _Size(parts[1], _join(parts[0].span, _span(parts[1])))


def types(parts: list[Any]) -> _Types:
    """`/type-type` of a segment."""
    return _Types(tuple(found for found, _ in parts[1:]), _join(parts[0].span, parts[-1][1]))


def type(parts: list[Any]) -> tuple[tuple[str, int | None], Span]:  # noqa: A001 - the name of the rule
    """`little`, `unit:8`."""
    name, number = parts
    return (name.value.name, number.value.value if number else None), (number or name).span


def sign(parts: list[Any]) -> Value:
    """`-1`: a sign before a number is part of it; any other prefix is an operation."""
    operator, operand = parts
    span = _join(operator.span, _span(operand))
    if isinstance(operand, Int | Float) and operator.type != "PREFIX" and not _signed(operand):
        value = -operand.value if operator.type == "MINUS" else operand.value
        return Int(value, span) if isinstance(value, int) else Float(value, span)
    return Odd(span, "an operation, not a constant", _CONSTANTS, operator.span.start)


def _signed(number: Int | Float) -> bool:
    """Whether a sign is part of it already: Erlang takes one only."""
    return number.span is not None and number.span.text[0] in "+-"


def operation(parts: list[Any]) -> Odd:
    return _refuse(parts, "an operation, not a constant")


def catching(parts: list[Any]) -> Odd:
    return _refuse(parts, "an expression, not a constant")


def call(parts: list[Any]) -> Odd:
    return _refuse(parts, "a function call, not a constant")


def qualified(parts: list[Any]) -> Odd:
    return _refuse(parts, "a function's name, not a constant")


def update(parts: list[Any]) -> Odd:
    return _refuse(parts, "a changed map, not a constant")


def variable(parts: list[Token]) -> Odd:
    name = parts[0].span.text
    return _refuse(parts, "a variable has no value here", help_text=f"an atom is written in quotes: `'{name}'`")


def remote_fun(parts: list[Any]) -> Value:
    """`fun m:f/1`, with names and a number in it, not variables."""
    _, module, _, function, _, arity = parts
    span = _join(parts[0].span, arity.span)
    for part in (module, function, arity):
        if part.type == "VARIABLE":
            return variable([part])._replace(at=span.start)
    if arity.value.value > MAX_ARITY:
        return Odd(arity.span, f"a function has at most {MAX_ARITY} arguments", None, span.start)
    return Fun(module.value.name, function.value.name, arity.value.value, span)


def local_fun(parts: list[Any]) -> Odd:
    return _refuse(parts, "a function without a module", help_text="write `fun module:function/arity`")


def _refuse(parts: list[Any], label: str, help_text: str = _CONSTANTS) -> Odd:
    span = _join(_span(parts[0]), _span(parts[-1]))
    return Odd(span, label, help_text, span.start)


def _odd(values: Iterable[object], span: Span) -> Odd | None:
    """The first of the parts that is no constant; OTP puts it where the whole begins."""
    odd = next((v for v in values if isinstance(v, Odd)), None)
    return odd._replace(at=span.start) if odd else None


def _span(part: Any) -> Span:
    assert part.span is not None, "every term that is read has a span"
    span: Span = part.span
    return span


def _join(first: Span | None, last: Span | None) -> Span:
    assert first is not None, "every term that is read has a span"
    assert last is not None, "every term that is read has a span"
    return Span(first.source, first.start, last.end)
