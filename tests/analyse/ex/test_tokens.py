from __future__ import annotations

import pytest

from relupc.analyse.erl.syntax import NotReadError
from relupc.analyse.erl.tokens import TooLongError
from relupc.analyse.ex.tokens import MAX_TOKENS, Token, interpolated, tokens


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('f "a #{"}"} b"', "word string"),
        ("a: 1, :b", "key int sign atom"),
        ("~s(a) ~W[b]x", "string string"),
        ('"""\n a "b"\n """\n', "string nl"),
        ("?a 1.5 0xff Shop", "char float int alias"),
        ("0od 0x_ 0b2 0o17", "int word int word int word int"),
        ("a # b\n|> c", "word sign word"),
        ('"a b": 1', "key int"),
    ],
)
def test_kinds(text: str, kinds: str) -> None:
    assert " ".join(token.kind for token in tokens(text)) == kinds


@pytest.mark.parametrize("text", ['"a', '"#{', "~s(a", '"""\n', ":'a"])
def test_what_nothing_closes(text: str) -> None:
    with pytest.raises(NotReadError):
        tokens(text)


@pytest.mark.parametrize("text", ["a " * (MAX_TOKENS + 1), '"#{' + "(" * 2 * MAX_TOKENS + '}"'])
def test_too_long(text: str) -> None:
    with pytest.raises(TooLongError, match="more than 40,000 tokens"):
        tokens(text)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        (r'"a #{b} \#{c} #{%{d: "}"}}"', ["b", '%{d: "}"}']),
        ("~w(#{a} b)", ["a"]),
        ("~W(#{a} b)", []),
        ('"#{"#{a}"}"', ['"#{a}"']),
    ],
)
def test_interpolated(text: str, inside: list[str]) -> None:
    assert [token.text for token in interpolated(Token("string", text, 1))] == inside
