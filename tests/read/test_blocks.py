from __future__ import annotations

import pytest

from relupc.model.source import Source
from relupc.read import expression
from relupc.read.blocks import fold
from relupc.read.file import Unreadable
from relupc.read.text import form_tokens, parse_form
from relupc.read.tokens import Block, Token


def folded(written: str, otp: int = 25) -> list[Token] | Unreadable:
    tokens = form_tokens(Source("x", f"{written}."), 0, 0, otp, expression)
    assert not isinstance(tokens, Unreadable)
    return fold(tokens, lambda body: parse_form(body, expression, stop_needed=False))


@pytest.mark.parametrize(
    ("written", "title", "names"),
    [
        ("case X of Y -> {Z} end", "case ... end", "XYZ"),
        ("if A -> b; true -> c end", "if ... end", "A"),
        ("receive X -> if true -> [Y || Y <- X] end end", "receive ... end", "XY"),
        ("try X catch _:_ -> a after b end", "try ... end", "X"),
        ("fun(X) -> X end", "fun ... end", "X"),
        ("fun F(0) -> F end", "fun ... end", "F"),
        ("[X || {X, [_]} <- Y]", "[... || ...]", "XY"),
        ("<< <<X>> || X <- Y >>", "<<... || ...>>", "XY"),
        ("#{X => Y || X := Y <- Z}", "#{... || ...}", "XYZ"),
        ("maybe X ?= Y end", "maybe ... end", "XY"),
        ("begin case X of Y -> 1 end, Z end", "begin ... end", "XYZ"),
    ],
)
def test_one_token_for_a_block(written: str, title: str, names: str) -> None:
    found = folded(f"{{a, {written}, b}}", 27)
    assert not isinstance(found, Unreadable)
    [block] = [token for token in found if token.type == "VARIABLE"]
    assert isinstance(block.value, Block)
    assert (block.value.title, block.value.names, block.span.text) == (title, frozenset(names), written)
    assert len(found) == 8
    assert (block.value.body is not None) == (title == "begin ... end")


def test_what_is_no_block() -> None:
    for written in (
        "[a, {b}, <<1>>, (c), #{d => e}]",
        "fun m:f/1",
        "fun f/1",
        "maybe",
        "end",
        "{a, end}",
        "[a)",
        "a ||",
    ):
        found = folded(written)
        assert not isinstance(found, Unreadable)
        assert written.replace(" ", "") == "".join(token.span.text for token in found[:-1])


@pytest.mark.parametrize(
    ("written", "place", "opened"),
    [
        ("{case a of b}", "}", "case"),
        ("case [a end", "end", "["),
        ("{if a -> b", ".", "if"),
        ("begin (case x) end", ")", "case"),
        ("fun() -> [1}", "}", "["),
    ],
)
def test_what_does_not_match(written: str, place: str, opened: str) -> None:
    found = folded(written)
    assert isinstance(found, Unreadable)
    diagnostic = found.diagnostic
    assert diagnostic.span
    assert (diagnostic.span.text, diagnostic.labels[0].span.text) == (place, opened)


def test_a_mistake_in_begin() -> None:
    found = folded("{begin a b end}")
    assert isinstance(found, Unreadable)
    assert found.diagnostic.label == "expected `.` before this"
