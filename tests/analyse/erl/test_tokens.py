from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.analyse.erl.tokens import MAX_TOKENS, TooLongError, forms


def texts(source: str) -> list[list[str]]:
    return [[token.text for token in form] for form in forms(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f() -> ok.\ng() -> 1.5.", [["f", "(", ")", "->", "ok"], ["g", "(", ")", "->", "1.5"]]),
        ("f() -> % a dot. here\n  ok.", [["f", "(", ")", "->", "ok"]]),
        ('f() -> "a. b", $., $\\n.\n', [["f", "(", ")", "->", '"a. b"', ",", "$.", ",", "$\\n"]]),
        ("'a.b'(X) -> X#r.a.\n", [["'a.b'", "(", "X", ")", "->", "X", "#", "r", ".", "a"]]),
        ("f() -> 16#FF =< 1_000.", [["f", "(", ")", "->", "16#FF", "=<", "1_000"]]),
        ('f() -> """\n  a "b" .\n  """.\n', [["f", "(", ")", "->", '"""\n  a "b" .\n  """']]),
        ("f() -> no_full_stop", []),
        ("f() -> \u4e2d ok.\n", [["f", "(", ")", "->", "ok"]]),
        ('f() -> ok.\ng() -> "a \\" b.\nh() -> ok.\n', [["f", "(", ")", "->", "ok"]]),
        ("f() -> ok.\ng() -> 'a.\nh() -> ok.\n", [["f", "(", ")", "->", "ok"]]),
        ('f() -> ok.\ng() -> """\n  a.\nh() -> ok.\n', [["f", "(", ")", "->", "ok"]]),
    ],
)
def test_forms(source: str, expected: list[list[str]]) -> None:
    assert texts(source) == expected


def test_lines() -> None:
    (form,) = forms('f() ->\n  "two\nlines",\n  ok.\n')
    assert [(token.text, token.line) for token in form][-3:] == [('"two\nlines"', 2), (",", 3), ("ok", 4)]


@pytest.mark.parametrize("part", ['\\"', "\\'", '"""\n', 'x """\n', "a'", "~b", "$"])
def test_each_part_is_looked_at_once(part: str) -> None:
    """Would a scan to the end begin at each of these, then this test would not come to its end."""
    assert list(forms('f() -> ok.\n "' + part * 500_000))[:1] != []


@given(st.text(alphabet="abX_09.\"'$\\%<>-=|#?{}()[] \n~"))
def test_any_text_has_tokens(source: str) -> None:
    """What is no token of Erlang is passed over; nothing is lost but white space, comments and full stops."""
    assert all(token.text for form in forms(source + ".\n") for token in form)


def test_too_long() -> None:
    with pytest.raises(TooLongError, match="more than 2,000,000 tokens"):
        list(forms("a " * (MAX_TOKENS + 1)))
