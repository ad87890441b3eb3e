"""fixtures/plan/run.txt has the cases of whole scripts; here is what counts as standing in a list."""

from __future__ import annotations

from relupc.model.plan import Script, Step
from relupc.model.source import Source, Span
from relupc.model.term import Atom, List, Term, Tuple
from relupc.plan.twice import keep_one, neighbours
from relupc.read.text import read_first


def read(text: str) -> tuple[Term, ...]:
    found = read_first(Source("t", text + "."))
    assert isinstance(found, List)
    return found.items


def beside(items: tuple[Term, ...]) -> dict[Span, tuple[Term, ...]]:
    return neighbours([Script("foo", "appup", tuple(Step(item, ()) for item in items))])


def test_neighbours() -> None:
    one, two, three = read("[{load_module, a}, % one\n {load_module, b},\n point_of_no_return % end\n ]")
    assert one.span
    assert two.span
    assert three.span
    assert beside((one, two, three)) == {one.span: (one, two), two.span: (one, two, three), three.span: (two, three)}


def test_an_inner_list_is_a_list_of_its_own() -> None:
    one, inner = read("[a, [b, c]]")
    assert isinstance(inner, List)
    two, three = inner.items
    assert [tuple(found) for found in beside((one, two, three)).values()] == [(two, three), (two, three)]


def test_what_stands_in_no_list() -> None:
    source = Source("t", "[X || X <- [{load_module, a}]] ++ [{load_module, M} || M <- L]")
    assert neighbours([Script("foo", "appup", (Step(Atom("x", Span(source, 34, 50)), ()),))]) == {}


def test_one_text_that_stands_for_several_is_not_deleted() -> None:
    (item,) = read("[{load_module, a}]")
    assert isinstance(item, Tuple)
    step = Step(item, ())
    assert keep_one(Atom("a"), step, step, beside((item,))) == ("keep one of them, they are the same", None)
