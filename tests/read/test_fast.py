"""The fast reader: what it must read by itself, and what it must leave to the grammar."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relupc.model.source import Source, Span
from relupc.model.term import Atom, Int, List, Str, Tuple
from relupc.read.fast import only_blank, read_regular, reads_as
from tests.read import dump
from tests.read.texts import REGULAR as REGULAR_TEXTS

REGULAR = {
    "{\"1.0\", [{a, -1}, 'B c', []]}. rest": "{[i31,i2E,i30],[{a61,i-1},a422063,[]]}",
    "%c\n a@1 %d\n . ": "a614031",
    '[<<"a\\\\.\\n">>, \'it\\\'s\', "\\t", "", \'\', <<"é">>].': "[b0:615c2e0a,a69742773,[i9],[],a,b0:e9]",
    "{}.": "{}",
    "7.": "i7",
    "maybe.": "a6d61796265",
}
LEFT = [
    *("", " ", "{a", "{a]}.", "a", "a b.", "{a b}.", "[a,].", "[,a].", "{a}}.", ", a.", "a, b.", ".", "[.", "{a,."),
    *("1_0.5.", "16#f.", "1_0.", "$a.", "#{}.", "fun m:f/1.", "<<1>>.", '<<"a"/utf8>>.', '<<"☺">>.', '"a" "b".'),
    *('"\\x41".', '"\\0".', '"\\^A".', '"\\\n".', "X.", "end.", "a.b", "[a|b].", "été.", "aé.", "- 1.", '"\uffff".'),
    *("1234567890123456789.", "%\uffff\na.", "a" * 256 + ".", "'" + "a" * 256 + "'.", "[" * 129 + "]" * 129 + "."),
]


@pytest.mark.parametrize("text", REGULAR)
def test_regular(text: str) -> None:
    found = read_regular(Source("x", text), 0, 25)
    assert isinstance(found, tuple)
    assert dump.dump(found[0]) == REGULAR[text]
    assert text[found[1] - 1 : found[1] + 1].rstrip() == "."


@pytest.mark.parametrize("text", LEFT)
def test_left_to_the_grammar(text: str) -> None:
    assert isinstance(read_regular(Source("x", text), 0, 25), int)


def test_where_it_stops() -> None:
    assert read_regular(Source("x", "{a, b, 1_5, c}."), 0, 25) == len("{a, b,")
    assert isinstance(read_regular(Source("x", "{maybe}."), 0, 27), int)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("a, b.", "a"),
        ("{a}, c.", "{a}"),
        ("[a,].", "[a,"),
        ("[a,,].", "[a,"),
        ("[,", "["),
        ("[a b", "[a"),
        ('"",', '""'),
    ],
)
def test_what_is_good_before_it_stops(text: str, good: str) -> None:
    assert read_regular(Source("x", text), 0, 25) == len(good)


SAME = ['{a,\n \'B c\', [1, -2.5, "x"], <<"b">>, [], {}}. %\n', "a.", '"é".', "[[{}]]."]
# What a text may not read as, beside a term that it is nearly the text of.
NOT_SAME = {
    "{a,b}.": ["{a,b}", "{a,b}. c.", "{a,c}.", "{a}.", "{a,b,c}.", "[a,b].", "{a,b,}.", "{,a,b}.", "{a b}.", "{a,b},."],
    "{a,b} .": ["a.", "{a,'b'", "{a,,b}.", "{a,[b]}.", "{a,B}.", ".", ""],
    "[a].": ["[a,].", "{a}.", "[a", "[].", "[a]].", "[a"],
    "[].": ["[,].", "{}.", "[a].", '"a".', "]."],
}


@pytest.mark.parametrize("text", SAME)
def test_reads_as(text: str) -> None:
    found = read_regular(Source("x", text), 0, 25)
    assert isinstance(found, tuple)
    assert reads_as(text, found[0], 25)
    assert reads_as(text.replace(",", " , "), found[0], 25)


@pytest.mark.parametrize(("right", "text"), [(right, text) for right, texts in NOT_SAME.items() for text in texts])
def test_does_not_read_as(right: str, text: str) -> None:
    found = read_regular(Source("x", right), 0, 25)
    assert isinstance(found, tuple)
    assert not reads_as(text, found[0], 25)


def test_what_is_not_certain_to_read_as_a_term() -> None:
    assert not reads_as("maybe.", Atom("maybe"), 27)
    assert reads_as("maybe.", Atom("maybe"), 25)
    assert not reads_as("a" * 256 + ".", Atom("a" * 256), 25)
    assert not reads_as("[a].", List((Atom("a"),), Atom("b")), 25)
    assert not reads_as("[[1]].", List((Str("a"),)), 25)
    assert reads_as('["a"].', List((List((Int(97),)),)), 25)


@settings(max_examples=300, deadline=None)
@given(
    REGULAR_TEXTS,
    st.integers(0, 99),
    st.integers(0, 2),
    st.sampled_from(["", *"a,[]{}.1\"' %"]),
    st.sampled_from([25, 27]),
)
def test_reads_as_what_it_is_read_as(written: str, at: int, cut: int, put: str, otp: int) -> None:
    """The text of a term, and one that differs a little, read as the term if they are read to give it."""
    found = read_regular(Source("x", written + "."), 0, otp)
    if isinstance(found, tuple):
        assert reads_as(written + ".", found[0], otp)
        start = at % (len(written) + 1)
        other = Source("x", f"{written[:start]}{put}{written[start + cut :]}.")
        again = read_regular(other, 0, otp)
        same = isinstance(again, tuple) and again[0] == found[0] and only_blank(other, again[1])
        assert reads_as(other.text, found[0], otp) == same


def test_only_blank() -> None:
    assert only_blank(Source("x", "a. \xa0%b\n \x00"), 2)
    assert not only_blank(Source("x", "a. %b\n c"), 2)


def test_variables_of_a_script() -> None:
    values = {"VSN": Str("1.4.0"), "Old": Str("1.3.0", Span(Source("x", '"1.3.0"'), 0, 7))}
    found = read_regular(Source("x", "{VSN, Old}. "), 0, 25, values)
    assert isinstance(found, tuple)
    assert found[0] == Tuple((values["VSN"], values["Old"]))
    spans = [term.span and term.span.text for term in (found[0], *found[0].items)]  # type: ignore[union-attr]
    assert spans == ["{VSN, Old}", "VSN", '"1.3.0"']
    for left in ("{VSN, New}.", "VSNé.", "{VSN VSN}.", "Vsn."):
        assert isinstance(read_regular(Source("x", left), 0, 25, values), int), left
