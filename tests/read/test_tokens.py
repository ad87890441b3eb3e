"""The scanner: a form's tokens, and where it ends."""

from __future__ import annotations

import pytest

from relupc.model.source import Source
from relupc.read import build, text
from relupc.read.file import MAX_DEPTH
from relupc.read.literals import Flaw
from relupc.read.tokens import scan


def _scan(written: str, otp: int = 25, start: int = 0) -> list[tuple[str, str]]:
    lex = text._lexicon(otp, build)
    return [(t.type, t.span.text) for t in scan(Source("x", written), start, lex, start)]


def test_a_form_ends_at_its_full_stop() -> None:
    assert _scan("a.%b") == [("ATOM", "a"), ("DOT", ".")]
    assert _scan("a. \ufeff") == [("ATOM", "a"), ("DOT", ".")]
    assert _scan("a.\xa0b") == [("ATOM", "a"), ("DOT", ".")]
    assert _scan("a. b. c", start=2) == [("ATOM", "b"), ("DOT", ".")]
    assert _scan("a.b") == [("ATOM", "a"), ("OTHER", "."), ("ATOM", "b")]
    assert _scan("1..") == [("INTEGER", "1"), ("OTHER", "..")]
    assert _scan("") == []


SIGNS = "=:= =/= =< == => >= >> << <- <= < /= / ++ + -- -> - || | :: := : ... .."
KINDS = {
    "=> =:= << < >> > || | := : -": "ARROW INFIX OPEN_BINARY INFIX CLOSE_BINARY INFIX OTHER BAR ASSIGN COLON MINUS",
    "-- -> # ( )": "INFIX OTHER HASH OPEN_PAREN CLOSE_PAREN",
    "fun funs div divs end _ A 'fun'": "FUN ATOM INFIX ATOM RESERVED VARIABLE VARIABLE ATOM",
    "maybe catch bnot": "ATOM CATCH PREFIX",
}


def test_the_longest_token_is_taken() -> None:
    assert [found for _, found in _scan(f"{SIGNS} .a")] == [*SIGNS.split(), ".", "a"]


@pytest.mark.parametrize("written", KINDS)
def test_kinds(written: str) -> None:
    assert [kind for kind, _ in _scan(written)] == KINDS[written].split()


def test_words_by_release() -> None:
    assert _scan("maybe", 27) == [("RESERVED_27", "maybe")]


def test_digits_that_the_base_lacks_are_given_back() -> None:
    assert _scan("2#102") == [("INTEGER", "2#10"), ("INTEGER", "2")]
    assert _scan("16#fg_1") == [("INTEGER", "16#f"), ("ATOM", "g_1")]
    assert _scan("2#1_2") == [("INTEGER", "2#1"), ("VARIABLE", "_2")]
    assert _scan("1__0") == [("INTEGER", "1"), ("VARIABLE", "__0")]
    assert _scan("1e5") == [("INTEGER", "1"), ("ATOM", "e5")]


def test_strings_by_release() -> None:
    assert _scan('"""a"""') == [("STRING", '""'), ("STRING", '"a"'), ("STRING", '""')]
    assert _scan('"""\na\n"""', 27) == [("TRIPLE_27", '"""\na\n"""')]
    assert _scan("~s(a)", 26)[0] == ("OTHER", "~")
    assert _scan("~s(a) ~S[b] ~", 26)[-1] == ("OTHER", "~")
    assert _scan('~s(a) ~S[b] ~"""\n"""', 27)[2] == ("TRIPLE_SIGIL_27", '~"""\n"""')
    assert _scan("16#1.1", 28) == [("BASED_FLOAT_28", "16#1.1")]


@pytest.mark.parametrize("bracket", ["[", "{", "(", "<<", "#{"])
def test_depth(bracket: str) -> None:
    assert _scan(bracket * MAX_DEPTH)
    with pytest.raises(Flaw, match="nested more than 128 deep"):
        _scan(bracket * (MAX_DEPTH + 1))


def test_not_more_than_so_many() -> None:
    lex = text._lexicon(25, build)
    assert len(scan(Source("x", "a, b, c."), 0, lex, 0, 3)) == 3
