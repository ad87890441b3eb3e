from __future__ import annotations

import inspect
from typing import Any

import pytest

from relupc.model.source import Source
from relupc.model.term import Int, Term
from relupc.read import build, expression, text
from relupc.read.expression import Node, variables
from relupc.read.file import Unreadable
from relupc.read.text import form_tokens, parse_form


def parsed(written: str) -> Any:
    tokens = form_tokens(Source("x", f"{written}."), 0, 0, 25, expression)
    assert not isinstance(tokens, Unreadable)
    return parse_form(tokens, expression)


def shape(found: object) -> str:
    """An expression with brackets around every operation."""
    if isinstance(found, Node) and found.rule == "operation":
        left, sign, right = found.parts
        return f"({shape(left)} {sign.span.text} {shape(right)})"
    if isinstance(found, Node) and found.rule in ("sign", "catching"):
        return f"({found.parts[0].span.text} {shape(found.parts[1])})"
    assert isinstance(found, Node | Term)
    assert found.span
    return found.span.text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A = B = 1", "(A = (B = 1))"),
        ("A ! B = c", "(A ! (B = c))"),
        ("1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"),
        ("[] ++ [] -- []", "([] ++ ([] -- []))"),
        ("a orelse b andalso c orelse d", "(a orelse ((b andalso c) orelse d))"),
        ("A = not b == c + 1", "(A = ((not b) == (c + 1)))"),
        ("- - A + -1", "((- (- A)) + -1)"),
        ("1 bsl 2 div 3 or 4", "((1 bsl (2 div 3)) or 4)"),
        ("A = catch 1 + B", "(A = (catch (1 + B)))"),
        ("1 + catch B * 2", "(1 + (catch (B * 2)))"),
    ],
)
def test_operators_bind_as_in_erlang(written: str, expected: str) -> None:
    [found] = parsed(written)
    assert shape(found) == expected
    assert found.span.text == written


def test_every_rule_has_its_function() -> None:
    names = {
        name for name, found in inspect.getmembers(build, inspect.isfunction) if found.__module__ == build.__name__
    }
    assert {name for name in names if not name.startswith("_")} <= set(dir(expression))
    rules = {str(rule.alias or rule.origin.name) for rule in text._grammar(expression).rules}
    assert {"operation", "update", "call"} <= rules


def test_constants_are_terms() -> None:
    found = parsed("{a, [1 | b], #{c => <<1:4>>}, fun m:f/1, - 1, ($a)}")
    assert isinstance(found[0], Term)
    assert parsed("-1") == (Int(-1),)


def test_the_names_in_an_expression() -> None:
    [found] = parsed("{A, [B | #{C => <<D:E>>}]} = f(_, fun F:g/1, -G, M#{x => N})")
    assert variables(found) == frozenset("ABCDEFGMN")


@pytest.mark.parametrize("written", ["1 == 2 == 3", "<<a>>", "fun m:f/256", "1 < 2 >= 3"])
def test_what_is_refused(written: str) -> None:
    assert isinstance(parsed(written), Unreadable)
