"""Values of expressions: fixtures/scripts has the cases; here is what they do not show."""

from __future__ import annotations

from typing import Any

from relupc.model.source import Source
from relupc.model.term import Atom, Int, List, Str, Term, Tuple, Unknown
from relupc.read import expression
from relupc.read.evaluate import MAX_NESTED, MAX_TEXT, evaluate
from relupc.read.file import Unreadable
from relupc.read.run import Run
from relupc.read.text import form_tokens, parse_form


def value(written: str, **values: Term) -> tuple[Term, Run]:
    source = Source("x", f"{written}.")
    tokens = form_tokens(source, 0, 0, 25, expression)
    assert not isinstance(tokens, Unreadable)
    body: Any = parse_form(tokens, expression)
    run = Run(source, dict(values), set())
    return [evaluate(part, run) for part in body][-1], run


def nested(depth: int) -> str:
    return "- " * depth + "X"


def test_how_deep_it_goes() -> None:
    found, run = value(nested(MAX_NESTED - 1), X=Int(1))
    assert (found, run.notes) == (Int(1 - 2 * (MAX_NESTED % 2 == 0)), [])
    found, run = value(nested(MAX_NESTED), X=Int(1))
    assert isinstance(found, Unknown)
    assert [note.label for note in run.notes] == ["nested deeper than relupc follows"]


def test_what_moves_a_value() -> None:
    for written in ("X", "{X, 1}", "#{a => X}", "[a | X]", "<<X>>"):
        assert not value(written, X=Int(1))[1].moved, written
    for written in ("A = 1", "X + 1", "[X] ++ []", "length([])", "#{}#{a => 1}", "A = 1, A"):
        assert value(written, X=Int(1))[1].moved, written


def test_one_unknown_stands_for_the_elements_of_a_list() -> None:
    for written in ("[a | f()]", "[a] ++ f()", "lists:append([a], f())"):
        found, _ = value(written)
        assert isinstance(found, List)
        assert (found.items[0], type(found.items[1]), found.tail) == (Atom("a"), Unknown, None)
    for written in ("f() ++ [a]", "lists:append(f(), [a])"):
        found, _ = value(written)
        assert isinstance(found, List)
        assert (type(found.items[0]), found.items[1]) == (Unknown, Atom("a"))
    for written in ('"a" ++ f()', 'f() ++ "a"', "[] ++ f()", "f() ++ []", "a ++ f()"):
        assert isinstance(value(written)[0], Unknown), written


def test_a_value_keeps_the_place_where_it_was_written() -> None:
    found, _ = value('A = "one", B = {A}, {B, length([a])}')
    assert isinstance(found, Tuple)
    pair, count = found.items
    assert isinstance(pair, Tuple)
    spans = [term.span for term in (found, pair, pair.items[0], count)]
    assert [span and span.text for span in spans] == ["{B, length([a])}", "{A}", '"one"', "length([a])"]


def test_an_unknown_is_not_longer_than_it_needs() -> None:
    found, _ = value("f(" + "a,\n " * 2000 + "a)")
    assert isinstance(found, Unknown)
    assert len(found.text) <= MAX_TEXT
    assert "\n" not in found.text


def test_only_a_string_in_quotes_stands_in_a_binary() -> None:
    assert value('<<"ab">>')[1].notes == []
    for text in (Str("ab"), List(())):
        found, run = value("<<X>>", X=text)
        assert isinstance(found, Unknown)
        assert len(run.notes) == 1
