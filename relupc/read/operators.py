"""An operator of Erlang and its operands in, the value out; Halt where OTP would fail, or the result is too big."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable
from math import isfinite

from relupc.model.order import Key, term_order
from relupc.model.term import Atom, Float, Int, List, Str, Term, as_list
from relupc.read.halt import MAX_BITS, TOO_BIG, Halt

_COMPARE: dict[str, Callable[[Key, Key], bool]] = {
    "==": operator.eq,
    "/=": operator.ne,
    "<": operator.lt,
    "=<": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_WHOLE: dict[str, Callable[[int, int], int]] = {"band": operator.and_, "bor": operator.or_, "bxor": operator.xor}
_NUMBERS: dict[str, Callable[[float, float], float]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}
_LOGIC: dict[str, Callable[[bool, bool], bool]] = {"and": operator.and_, "or": operator.or_, "xor": operator.xor}


def binary(sign: str, left: Term, right: Term) -> Term:
    """`left sign right` of two known values; the result has no span."""
    if sign in _COMPARE:
        return truth(_COMPARE[sign](term_order(left, True), term_order(right, True)))
    if sign in ("=:=", "=/="):
        return truth((left == right) == (sign == "=:="))
    if sign == "++":
        return joined(left, right)
    if sign == "--":
        return _without(left, right)
    if sign in _LOGIC:
        return truth(_LOGIC[sign](boolean(left), boolean(right)))
    if sign == "!":
        raise Halt("relupc does not run `!`")
    return _number(_calculated(sign, left, right))


def unary(sign: str, value: Term) -> Term:
    """`sign value`."""
    if sign == "not":
        return truth(not boolean(value))
    if sign == "bnot":
        return Int(~_whole(value))
    number = _numeric(value)
    return _number(-number if sign == "-" else number)


def boolean(value: Term) -> bool:
    """What an atom that must be `true` or `false` says."""
    if value not in (Atom("true"), Atom("false")):
        raise Halt
    return value == Atom("true")


def truth(value: bool) -> Atom:
    return Atom("true" if value else "false")


def joined(left: Term, right: Term) -> Term:
    """`left ++ right`; the right one may be anything."""
    if isinstance(left, Str) and isinstance(right, Str):
        return Str(left.value + right.value)
    items = as_list(left)
    if items is None:
        raise Halt
    if not items:
        return right
    more = as_list(right)
    if more is not None:
        return left if not more else List((*items, *more))
    return List((*items, *right.items), right.tail) if isinstance(right, List) else List(items, right)


def _without(left: Term, right: Term) -> Term:
    """`left -- right`: for each element on the right the first equal one on the left is taken out."""
    items, gone = as_list(left), as_list(right)
    if items is None or gone is None:
        raise Halt
    count = Counter(gone)
    kept = []
    for item in items:
        if count[item]:
            count[item] -= 1
        else:
            kept.append(item)
    return listed(kept)


def listed(items: list[Term] | tuple[Term, ...]) -> Term:
    """A list, as a string if Erlang's shell would show it as one."""
    text = "".join(chr(i.value) for i in items if isinstance(i, Int) and 0 < i.value < 0x110000)
    printable = len(text) == len(items) > 0 and all(c.isprintable() or c in "\n\r\t\v\b\f\x1b" for c in text)
    return Str(text) if printable else List(tuple(items))


def _calculated(sign: str, left: Term, right: Term) -> int | float:
    if sign in _NUMBERS:
        return _attempt(_NUMBERS[sign], _numeric(left), _numeric(right))
    if sign == "/":
        return _attempt(lambda a, b: float(a) / float(b), _numeric(left), _numeric(right))
    a, b = _whole(left), _whole(right)
    if sign in _WHOLE:
        return _WHOLE[sign](a, b)
    if sign in ("bsl", "bsr"):
        return _shifted(a, b if sign == "bsl" else -b)
    if b == 0:
        raise Halt
    quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
    return quotient if sign == "div" else a - quotient * b


def _attempt(calculate: Callable[[float, float], float], a: float, b: float) -> int | float:
    """An integer of two; a float if one is a float. Erlang has neither infinity nor a zero below the line."""
    if isinstance(a, float) or isinstance(b, float):
        a, b = _real(a), _real(b)
    try:
        return calculate(a, b)
    except (OverflowError, ZeroDivisionError):
        raise Halt from None


def _real(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        raise Halt from None


def _shifted(number: int, by: int) -> int:
    if by < 0:
        return number >> min(-by, MAX_BITS + 1)
    if number and by > MAX_BITS:
        raise Halt(TOO_BIG)
    return number << by if number else 0


def _number(value: float) -> Int | Float:
    if isinstance(value, int):
        if value.bit_length() > MAX_BITS:
            raise Halt(TOO_BIG)
        return Int(value)
    if not isfinite(value):
        raise Halt
    return Float(value)


def _numeric(value: Term) -> int | float:
    if not isinstance(value, Int | Float):
        raise Halt
    return value.value


def _whole(value: Term) -> int:
    if not isinstance(value, Int):
        raise Halt
    return value.value
