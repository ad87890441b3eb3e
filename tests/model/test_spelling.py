"""Spelling of simple terms; that OTP spells the same is in test_layout."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.model.spelling import (
    function_name,
    listed,
    spell_atom,
    spell_binary,
    spell_float,
    spell_int,
    spell_simple,
    spell_string,
)
from relupc.model.term import Atom, Bin, Fun, Int, List, Map, Str, Term, Tuple

ATOMS = {
    "plain": "plain",
    "a@b_C9": "a@b_C9",
    "ünï": "ünï",
    "ÿ": "ÿ",
    "÷a": "'÷a'",
    "a÷": "'a÷'",
    "Upper": "'Upper'",
    "_x": "'_x'",
    "": "''",
    "end": "'end'",
    "it's": r"'it\'s'",
    "a\\b": r"'a\\b'",
    "\n\r\t\v\b\f\x1b\x7f": r"'\n\r\t\v\b\f\e\d'",
    "\0\x1f\x80\x9f": r"'\000\037\200\237'",
    "α β": "'α β'",
    'a"b': "'a\"b'",
}
FLOATS = {
    "0.0": 0.0,
    "-0.0": -0.0,
    "1.0": 1.0,
    "100.0": 100.0,
    "1.0e3": 1000.0,
    "1.0e5": 1e5,
    "12345.0": 12345.0,
    "1.2e-4": 0.00012,
    "0.012": 0.012,
    "0.001": 0.001,
    "0.0001": 0.0001,
    "1.0e-5": 0.00001,
    "-0.5": -0.5,
    "9007199254740991.0": 2.0**53 - 1,
    "9.007199254740992e15": 2.0**53,
    "5.0e-324": 5e-324,
    "1.7976931348623157e308": 1.7976931348623157e308,
    "123456.789": 123456.789,
}


@pytest.mark.parametrize(("name", "text"), ATOMS.items())
def test_atoms(name: str, text: str) -> None:
    assert spell_atom(name) == text


def test_reserved_words_grow_with_otp() -> None:
    assert [spell_atom(word) for word in ("maybe", "else", "when")] == ["maybe", "else", "'when'"]
    assert [spell_atom(word, otp=27) for word in ("maybe", "else", "when")] == ["'maybe'", "'else'", "'when'"]


@pytest.mark.parametrize(("text", "value"), FLOATS.items())
def test_floats(text: str, value: float) -> None:
    assert spell_float(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_read_back(value: float) -> None:
    text = spell_float(value)
    assert math.copysign(1, float(text)) == math.copysign(1, value)
    assert float(text) == value


@given(st.integers(0, 9000), st.integers(-2, 2), st.booleans())
def test_integers_of_any_length(zeros: int, difference: int, negative: bool) -> None:
    value = 10**zeros + difference
    text = spell_int(-value if negative else value)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    assert (sign == "-") == (negative if value > 0 else not negative and value < 0)
    expected = {0: "1" + "0" * zeros, 1: "1" + "0" * (zeros - 1) + "1", 2: "1" + "0" * (zeros - 1) + "2"}
    if difference >= 0 and zeros > 0:
        assert digits == expected[difference]
    elif zeros > 1:
        assert digits == "9" * (zeros - 1) + str(10 + difference)


def test_strings() -> None:
    assert spell_string("") == "[]"
    assert spell_string("a\"b\\\t\x1b\xff'") == '"a\\"b\\\\\\t\\eÿ\'"'
    assert [spell_string(odd) for odd in ("\x7f", "\0", "\x85", "α")] == [None] * 4


def test_binaries() -> None:
    assert spell_binary(b"") == "<<>>"
    assert spell_binary(b'a"') == r'<<"a\"">>'
    assert spell_binary("å".encode()) == '<<"å"/utf8>>'
    assert spell_binary("å".encode("latin-1")) == '<<"å">>'
    assert spell_binary("α".encode()) is None, "it is UTF-8, so its bytes are not taken for characters"
    assert spell_binary(b"\xff\x00") is None


def test_simple_and_compound() -> None:
    codes = (Int(65), Int(255), Int(10))
    assert spell_simple(Atom("a b"), 25) == "'a b'"
    assert spell_simple(List(codes), 25) == r'"Aÿ\n"'
    compound: list[Term] = [List((*codes, Int(256))), List(codes, Int(1)), List((Str("a"),)), List((Int(65), Str("a")))]
    compound += [List((Int(-1),)), Str("α")]
    assert [spell_simple(term, 25) for term in compound] == [None] * 6
    assert [spell_simple(term, 25) for term in (Bin(b"a", 1), Tuple((Int(1),)), Map(((Int(1), Int(2)),)))] == [None] * 3
    assert [spell_simple(term, 25) for term in (List(()), Tuple(()), Map(()), Bin(b""))] == ["[]", "{}", "#{}", "<<>>"]


def test_funs_are_spelled_by_the_emulator() -> None:
    assert spell_simple(Fun("lists", "map", 2), 25) == "fun lists:map/2"
    assert spell_simple(Fun("end", "a@b", 0), 25) == "fun end:'a@b'/0"
    assert spell_simple(Fun("é", "\x1b", 1), 25) == "fun Ã©:'\\033'/1"


def test_a_function_as_its_language_writes_it() -> None:
    assert function_name("Elixir.Shop.Cart", "total", 1) == "Shop.Cart.total/1"
    assert function_name("shop_cart", "total", 1) == "shop_cart:total/1"
    assert function_name("Shop", "total", 1) == "'Shop':total/1"
    assert function_name("Elixir.shop", "total", 1) == "'Elixir.shop':total/1"


def test_a_long_list_is_cut() -> None:
    assert [listed("abcdefg"[:n]) for n in (0, 1, 4, 5)] == ["", "a", "a, b, c, d", "a, b, c, d and 1 more"]
    assert listed(["a", "b", "a", "c"], 2) == "a, b and 1 more"
