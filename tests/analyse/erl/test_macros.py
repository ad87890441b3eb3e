from __future__ import annotations

import pytest

from relupc.analyse.erl.macros import Macros, TooLongError, closing, expanded, split
from relupc.analyse.erl.tokens import forms

HEAD = "-module(shop_cart).\n"


def last(source: str) -> str:
    """The last form with its macros put in."""
    found = list(expanded(forms(HEAD + source)))
    return " ".join(token.text for token in found[-1])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f() -> ?MODULE:g(?LINE).\n", "f ( ) -> shop_cart : g ( 2 )"),
        ("-define(MAX, 10).\nf() -> ?MAX.\n", "f ( ) -> 10"),
        ("-define(ADD(A, B), A + B).\nf(X) -> ?ADD(X, g(1, 2)).\n", "f ( X ) -> X + g ( 1 , 2 )"),
        ("-define(A, ?B).\n-define(B, b).\nf() -> ?A.\n", "f ( ) -> b"),
        ("f() -> ?LOG(a, {b, c}), ok.\n", "f ( ) -> LOG , ok"),
        ("f() -> ?ELSEWHERE.\n", "f ( ) -> ELSEWHERE"),
        ("-ifdef(TEST).\nf() -> test.\n-else.\nf() -> real.\n-endif.\n", "f ( ) -> real"),
        ("-ifndef(TEST).\nf() -> real.\n-else.\nf() -> test.\n-endif.\n", "f ( ) -> real"),
        ("f() -> first.\n-if(?OTP_RELEASE >= 27).\nf() -> new.\n-endif.\n", "f ( ) -> first"),
        ("-define(FAST, 1).\n-ifdef(FAST).\nf() -> fast.\n-endif.\n", "f ( ) -> fast"),
    ],
)
def test_expanded(source: str, expected: str) -> None:
    assert last(source) == expected


@pytest.mark.parametrize(
    "macros",
    [
        "-define(A, ?A ?A).\n",
        "".join(f"-define(A{n}, ?A{n + 1} ?A{n + 1}).\n" for n in range(25)) + "-define(A, ?A0).\n-define(A25, x).\n",
        f"-define(B(X), {'X ' * 1000}).\n-define(A, ?B({'x ' * 1000})).\n",
    ],
    ids=["endless", "doubled", "wide"],
)
def test_of_a_form_that_grows_too_long_the_head_is_left(macros: str) -> None:
    assert last(f"{macros}f(X) -> ?A.\n") == "f ( X )"


def test_there_is_a_limit_for_all_forms_together() -> None:
    macros = Macros(left=10)
    macros.work(10)
    with pytest.raises(TooLongError):
        macros.work(1)


def test_conditions_inside_others() -> None:
    inner = "-ifndef(A).\nf() -> {}.\n-else.\nf() -> {}.\n-endif.\n"
    assert last("f() -> ok.\n-ifdef(B).\n" + inner.format("a", "b") + "-endif.\n") == "f ( ) -> ok"
    assert last("-ifndef(B).\n" + inner.format("a", "b") + "-endif.\n") == "f ( ) -> a"
    assert last("-ifdef(B).\n-else.\n" + inner.format("a", "b") + "-endif.\n-endif.\n") == "f ( ) -> a"


def test_brackets() -> None:
    (form,) = forms("f(a, {b, c}, fun() -> x, y end) -> ok.\n")
    end = closing(form, 1)
    assert form[end].text == ")"
    assert form[end + 1].text == "->"
    assert [" ".join(t.text for t in part) for part in split(form[2:end])][:2] == ["a", "{ b , c }"]
    assert split([]) == []
