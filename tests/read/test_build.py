"""What the rules of the grammar make: spans, tails, signs, and expressions that are no constants."""

from __future__ import annotations

import inspect

import pytest

from relupc.model.source import Source
from relupc.model.term import Float, Int, List, Map, Str, Term, Tuple
from relupc.read import build, text
from relupc.read.file import Unreadable
from relupc.read.text import read_first


def _read(written: str) -> Term:
    found = read_first(Source("x", written + "."))
    assert not isinstance(found, Unreadable), found.diagnostic.one_line
    return found


def test_every_rule_has_its_function() -> None:
    rules = {str(rule.alias or rule.origin.name) for rule in text._grammar(build).rules}
    named = {name for name in rules if not name.startswith("_")}
    functions = {name for name, _ in inspect.getmembers(build, inspect.isfunction) if not name.startswith("_")}
    single = {"expr", "operand", "remote", "primary", "never"}  # they pass on what they hold
    assert named - single == functions - {"binary", "NamedTuple"}


@pytest.mark.parametrize(
    "written",
    ["a", "'b c'", "- 1", '"a"\n "b"', "{a, b}", "[a | b]", "#{a => b}", "<<1, 2:4>>", "fun m:f/1", "$a", "1.5"],
)
def test_a_span_covers_the_whole_term(written: str) -> None:
    found = _read(f"{{1.5, {written} }}")
    assert isinstance(found, Tuple)
    span = found.items[1].span
    assert span is not None
    assert span.text == written


def test_a_term_in_brackets_keeps_its_own_span() -> None:
    found = _read("( (a))")
    assert found.span is not None
    assert (found.span.start, found.span.end) == (3, 4)


def test_tails() -> None:
    assert _read('[1 | "ab"]') == List((Int(1), Int(97), Int(98)))
    assert _read("[1 | [2 | [3 | 4]]]") == List((Int(1), Int(2), Int(3)), Int(4))
    assert _read('[1 | ""]') == List((Int(1),))


def test_signs() -> None:
    assert _read("[- 1, +$a, -(1.5), + 1.5]") == List((Int(-1), Int(97), Float(-1.5), Float(1.5)))


def test_the_last_value_of_a_key_holds_at_its_first_place() -> None:
    found = _read("#{a => 1, b => 2, a => 3}")
    assert isinstance(found, Map)
    assert [(key.span and key.span.start, value) for key, value in found.pairs] == [(18, Int(3)), (10, Int(2))]


def test_strings() -> None:
    assert _read('"a" "b" ""') == Str("ab")
    assert _read('"" ""') == List(())


ODD = {
    "{a, 1 + X}": "1 + X",
    "{a, f(1, 2)}": "f(1, 2)",
    "{a, m:f()}": "m:f()",
    "{a, m:f}": "m:f",
    "{a, X}": "X",
    "{a, [b | X]}": "X",
    "#{a => X}": "X",
    "#{X => a}": "X",
    "<<X>>": "X",
    "<<1:X>>": "X",
    "<<-a>>": "-a",
    "{a, not b}": "not b",
    "{a, catch b}": "catch b",
    "{a, #{}#{b => c}}": "#{}#{b => c}",
    "{a, fun f/1}": "fun f/1",
    "{a, fun M:f/1}": "M",
    "{a, fun m:f/256}": "256",
    "- \"a\"": "- \"a\"",
    "a, X": "X",
    "X, b": "b",
}  # fmt: skip


@pytest.mark.parametrize("written", ODD)
def test_what_is_no_constant_is_marked(written: str) -> None:
    found = read_first(Source("x", written + "."))
    assert isinstance(found, Unreadable)
    assert found.diagnostic.span is not None
    assert (found.kind, found.diagnostic.span.text) == ("parse", ODD[written])
