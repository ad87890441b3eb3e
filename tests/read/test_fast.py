"""The fast reader: what it must read by itself, and what it must leave to the grammar."""

from __future__ import annotations

import pytest

from relupc.model.source import Source, Span
from relupc.model.term import Str, Tuple
from relupc.read.fast import only_blank, read_regular
from tests.read import dump

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
