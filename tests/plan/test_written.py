from __future__ import annotations

import pytest

from relupc.model.source import Source, Span
from relupc.model.term import Atom, List, Str, Term, Tuple
from relupc.plan.written import around, as_written, instead, sound
from relupc.read.file import Unreadable
from relupc.read.text import read_first


def term(text: str) -> Term:
    found = read_first(Source("t", text + "."))
    assert not isinstance(found, Unreadable)
    return found


@pytest.mark.parametrize(
    "text",
    ["a", "'A b'", '"a"', '"a\\"b"', "[]", '""', '<<"a">>', "-1", "$a", "1.5", '{a, [b, {c}], "d"}', "fun a:b/1", "{}"],
)
def test_what_stands_in_the_text(text: str) -> None:
    assert as_written(term(text))


@pytest.mark.parametrize("text", ["[a | b]", '"a" "b"', "#{}", "<<1>>"])
def test_what_has_no_simple_text(text: str) -> None:
    assert not as_written(term(text))


def test_what_a_script_works_out_does_not_stand_in_the_text() -> None:
    source = Source("t", "{update, Module, Deps}")
    module, deps = Span(source, 9, 15), Span(source, 17, 21)
    update = Atom("update", Span(source, 1, 7))
    assert as_written(update)
    assert not as_written(Atom("shop_cart", module))
    assert not as_written(List((Atom("shop_cart"),), None, deps))
    assert not as_written(Str("shop", module))
    assert not as_written(Tuple((update, Atom("shop_cart", module)), Span(source, 0, 22)))
    assert not as_written(Atom("update"))


def test_a_part_from_elsewhere_does_not_stand_in_its_whole() -> None:
    other = Source("u", "{update, a}")
    whole = Tuple((Atom("update", Span(other, 1, 7)),), Span(Source("t", "{update, a}"), 0, 11))
    assert not as_written(whole)


def test_another_text_never_swallows_a_comment() -> None:
    fix = instead(term("{a, b}"), "c", safe=True)
    assert fix
    assert [text for _, text in fix.edits] == ["c"]
    assert instead(term("{a, % why\n b}"), "c", safe=True) is None
    assert instead(Atom("a"), "c", safe=True) is None


def test_around() -> None:
    whole = term("{a, b}")
    assert isinstance(whole, Tuple)
    first, last = whole.items
    assert [(span.start, span.end, text) for span, text in around(first, last, "[", "]")] == [(1, 1, "["), (5, 5, "]")]
    assert around(first, last, "", "") == ()
    assert around(Atom("a"), Atom("b"), "[", "]") == ()


def test_sound() -> None:
    assert sound(term("{update, a}"))
    assert sound(term("{update, a, soft, brutal_purge, brutal_purge, []}"))
    assert not sound(term("{update, a, hard}"))
