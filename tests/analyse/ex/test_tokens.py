from __future__ import annotations

import pytest

from relupc.analyse.erl.syntax import NotReadError
from relupc.analyse.ex.tokens import tokens


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
