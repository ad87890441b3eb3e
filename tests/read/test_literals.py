"""Literals: values by property, and what cannot be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.model.source import Source
from relupc.model.term import Float, Int, Str
from relupc.read.literals import MAX_DIGITS, Flaw, Place, based_real, integer, real, string, unescape

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _place(text: str, otp: int = 25) -> Place:
    return Place(Source("x", text), 0, len(text), otp)


def _in_base(value: int, base: int) -> str:
    digits = DIGITS[value % base]
    return digits if value < base else _in_base(value // base, base) + digits


@given(st.integers(0, 10**30), st.integers(2, 36), st.booleans())
def test_integers_of_every_base(value: int, base: int, upper: bool) -> None:
    text = f"{base}#{_in_base(value, base)}"
    text = text.upper() if upper else text
    assert integer(_place(text)) == (Int(value), len(text))


@given(st.floats(min_value=0, allow_infinity=False))
def test_floats(value: float) -> None:
    mantissa, _, exponent = repr(value).partition("e")
    text = (mantissa if "." in mantissa else mantissa + ".0") + (f"e{exponent}" if exponent else "")
    assert real(_place(text)) == (Float(value), len(text))


@given(st.floats(min_value=1e-300, max_value=1e300), st.sampled_from([2, 16]))
def test_based_floats_are_exact(value: float, base: int) -> None:
    whole, _, rest = value.hex()[2:].partition(".")
    part, _, power = rest.partition("p")
    number = int(whole + part, 16)
    shift = int(power) - 4 * len(part)
    exponent, left = divmod(shift, 4 if base == 16 else 1)
    text = f"{base}#{_in_base(number << left, base)}.0#e{exponent}"
    assert based_real(_place(text, 28)) == (Float(value), len(text))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")))
def test_any_string_can_be_escaped(value: str) -> None:
    escaped = "".join(f"\\x{{{ord(c):x}}}" for c in value)
    assert unescape(escaped, 0, 25) == value
    if value:
        assert string(_place(f'"{escaped}"')) == (Str(value), len(escaped) + 2)


@pytest.mark.parametrize("digits", ["1", "16#1"])
def test_digits_are_bounded(digits: str) -> None:
    text = digits.replace("#1", "#") + "1" * MAX_DIGITS
    with pytest.raises(Flaw, match=r"a number of 400[12] digits"):
        integer(_place(text + "1"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("36#1.1#e9999999", "no number that a float can hold"),
        ("2#1.1#e", "an exponent without digits"),
        ("2#1.1#e+", "an exponent without digits"),
        ("1#1.1", "no base 1"),
        ("2#2.1", "no digit of base 2"),
    ],
)
def test_bad_based_floats(text: str, words: str) -> None:
    with pytest.raises(Flaw, match=words):
        based_real(_place(text, 28))


def test_based_floats_too_small_are_zero() -> None:
    assert based_real(_place("16#1.0#e-9999999", 28))[0] == Float(0.0)


def test_a_based_float_ends_at_the_first_digit_that_is_none() -> None:
    assert based_real(_place("2#1.12#e1", 28)) == (Float(1.5), 5)
    assert based_real(_place("2#12.1", 28)) == (Int(1), 3)
    assert based_real(_place("2#1.2", 28)) == (Int(1), 3)


@pytest.mark.parametrize("escape", [r"\x{}", r"\x{110000}", r"\x{d800}", r"\x{fffe}", r"\xg", r"\^", r"\x{123456789}"])
def test_no_escape(escape: str) -> None:
    with pytest.raises(Flaw, match="no escape that Erlang knows") as caught:
        unescape("ab" + escape, 10, 25)
    assert caught.value.start == 12
