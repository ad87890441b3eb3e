"""Syntax errors: line and text are those of OTP, label and place are ours (fixtures/terms has the words)."""

from __future__ import annotations

from pathlib import Path

import pytest

from relupc.model.source import Source
from relupc.read.file import Unreadable
from relupc.read.text import read_first
from tests.read import dump

TEXTS = [
    "a b.",
    "{a\n b}.",
    "[a b].",
    "{a,}.",
    "{,a}.",
    "[a,\n].",
    "{a].",
    "{a\n.",
    "{[a}.",
    "}.",
    "a",
    "{",
    "{a,\n",
    "1 ",
    "X",
    "a.b.",
    "..",
    "1..",
    "1.5.6.",
    "<1.2>.",
    '"a"1.',
    '1"a".',
    "a'b'.",
    "{a}{b}.",
    "(.",
    "()",
    "(a,b).",
    ").",
    "{a 1.5}.",
    "{a $b}.",
    "{a $\\n}.",
    '{a "x\\ny"}.',
    '{a ""}.',
    "{a '☺'}.",
    "{a 'B c'}.",
    "{a X}.",
    "{a 16#ff}.",
    "{a end}.",
    "{a <<}.",
    '{a "b" c}.',
    "-.",
    "--1.",
    "1 - .",
    "?a.",
    "a@b c.",
    "{a $ }.",
    "{a $\\s}.",
    "{a $\\u}.",
    "{a $\\\\}.",
    "{a $☺}.",
    "{a $\\1}.",
    "a#b.",
    "#a.",
    "{a => b}.",
    "{a|b}.",
    "[a|b|c].",
    "[a|b,c].",
    "[|b].",
    "#{a}.",
    "#{a=>}.",
    "#{a=>1,}.",
    "#a{}.",
    "X#a.b.",
    "<<1,>>.",
    "<<1:-1>>.",
    "<<#{}>>.",
    "<<1 2>>.",
    "case.",
    "case a of b -> c end.",
    "begin a end.",
    "{a, begin b end}.",
    "fun.",
    "fun a.",
    "fun a:b/c.",
    "fun() -> a end.",
    "fun(X) -> a.",
    "[X || X <- [a]].",
    "a || b.",
    "[|| b].",
    "1,2.",
    "1,\n2,3.",
    "\n1 +\n2.",
    "\n{X,\n Y}.",
    "a:b:c.",
    "f()().",
    "if a -> b end.",
    "{end}.",
    "{'end' end}.",
    "div.",
    "[div].",
    "[a\n|b",
    "a\n%c\n",
    "{a, \\}.",
    "{a, `b`}.",
    "{a ^b}.",
]


def test_line_and_text_are_those_of_otp(erl: str, tmp_path: Path) -> None:
    paths = [tmp_path / str(number) for number in range(len(TEXTS))]
    for path, written in zip(paths, TEXTS, strict=True):
        path.write_text(written, encoding="utf-8")
    answers = dump.otp_answers(erl, [str(p) for p in paths])
    for written, (first, _) in zip(TEXTS, answers, strict=True):
        assert (written, dump.answer(read_first(Source("x", written)))) == (written, first)


@pytest.mark.parametrize("written", [t for t in TEXTS if t not in ("X.", "1,2.")])
def test_words(written: str) -> None:
    """A label is a short fact: no terminal's name, one line, no full stop."""
    found = read_first(Source("x", written))
    assert isinstance(found, Unreadable)
    label = found.diagnostic.label
    assert "_" not in label.replace("`_`", "")
    assert "something else" not in label
    assert label[-1] != "."
    assert "\n" not in label + (found.diagnostic.help or "")


def test_the_element_before_a_missing_comma() -> None:
    found = read_first(Source("x", "{a,\n [{b, c},\n  {d,\n   e}\n  f]}."))
    assert isinstance(found, Unreadable)
    (label,) = found.diagnostic.labels
    assert (label.text, label.span.text) == ("the list element that ends here", "e}")
    assert found.diagnostic.place == "x:5:3"
    assert found.diagnostic.help == "add a comma after the list element on line 4"
