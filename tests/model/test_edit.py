from __future__ import annotations

import pytest

from relupc.model.edit import Edit, appended, inserted, moved, prepended, removed, replaced
from relupc.model.source import Source
from relupc.model.term import Atom, List
from relupc.read.text import read_first


def read(text: str) -> List:
    term = read_first(Source("x", text))
    assert isinstance(term, List)
    return term


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    for span, new in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


@pytest.mark.parametrize(
    ("text", "index", "left"),
    [
        ("[a, b, c].", 0, "[b, c]."),
        ("[a, b, c].", 1, "[a, c]."),
        ("[a, b, c].", 2, "[a, b]."),
        ("[a].", 0, "[]."),
        ("[a,\n b,\n c].", 1, "[a,\n c]."),
        ("[a,\n b,\n c].", 2, "[a,\n b]."),
        ("[\n  a,\n  b\n].", 0, "[\n  b\n]."),
        ("[a, %% one\n b].", 0, "[%% one\n b]."),
        ("[a %% one, two\n, b].", 0, "[ %% one, two\n b]."),
        ("[a, %% one, two\n b].", 1, "[a %% one, two\n ]."),
        ("[a %% x,y\n, b].", 1, "[a %% x,y\n ]."),
    ],
)
def test_an_element_goes_with_its_comma(text: str, index: int, left: str) -> None:
    whole = read(text)
    result = applied(text, removed(whole, whole.items[index]))
    assert result == left
    assert read(result).items == tuple(item for item in whole.items if item is not whole.items[index])


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[].", "[z]."),
        ("[a, b].", "[a, b, z]."),
        ("[a].", "[a,\n z]."),
        ("[a,\n b].", "[a,\n b,\n z]."),
        ("[\n  a, %% x\n  b %% y\n].", "[\n  a, %% x\n  b,\n  z %% y\n]."),
    ],
)
def test_an_element_is_added_as_the_others_are_laid_out(text: str, after: str) -> None:
    whole = read(text)
    assert applied(text, appended(whole, "z")) == after
    assert read(after).items == (*whole.items, Atom("z"))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[].", "[z]."),
        ("[a, b].", "[z,\n a, b]."),
        ("[\n  a, %% x\n  b\n].", "[\n  z,\n  a, %% x\n  b\n]."),
        ("[%% x\n a].", "[%% x\n z,\n a]."),
    ],
)
def test_an_element_is_put_in_front(text: str, after: str) -> None:
    whole = read(text)
    assert applied(text, prepended(whole, "z")) == after
    assert read(after).items == (Atom("z"), *whole.items)


def test_an_element_is_replaced() -> None:
    whole = read("[a, 'b c'].")
    assert applied("[a, 'b c'].", replaced(whole.items[1], "d")) == "[a, d]."


def test_what_has_no_place_is_left_alone() -> None:
    assert replaced(Atom("a"), "b") == ()
    assert removed(List((Atom("a"),)), Atom("a")) == ()
    assert appended(List((Atom("a"),)), "b") == ()
    assert removed(read("[a]."), Atom("a")) == ()
    assert appended(read("[a | b]."), "c") == ()


@pytest.mark.parametrize(
    ("text", "index", "behind", "after"),
    [
        ("[\n a,\n b,\n c].", 0, 2, "[\n b,\n c,\n a]."),
        ("[\n a,\n b,\n c].", 0, 1, "[\n b,\n a,\n c]."),
        ("[\n\ta, %% one\n\tb, %% two\n\tc].", 0, 1, "[\n\t%% one\n\tb, %% two\n\ta,\n\tc]."),
        ("[a, b, c].", 0, 1, "[b,\n    a, c]."),
        ("[a, b, c].", 0, 2, "[b, c,\n       a]."),
        ("[\r\n a,\r\n b,\r\n c].", 0, 1, "[\r\n b,\n a,\r\n c]."),
    ],
)
def test_an_element_is_moved(text: str, index: int, behind: int, after: str) -> None:
    whole = read(text)
    assert applied(text, moved(whole, index, behind)) == after
    items = list(whole.items)
    items.insert(behind, items.pop(index))
    assert list(read(after).items) == items


def test_what_has_no_place_is_not_moved() -> None:
    assert moved(List((Atom("a"), Atom("b"))), 0, 1) == ()


@pytest.mark.parametrize(
    ("text", "index", "after"),
    [
        ("[].", 0, "[y,\n z]."),
        ("[a, b].", 0, "[y,\n z,\n a, b]."),
        ("[a, b].", 1, "[a,\n y,\n z, b]."),
        ("[a, b].", 2, "[a, b,\n y,\n z]."),
        ("[\n  a % x\n].", 0, "[\n  y,\n  z,\n  a % x\n]."),
        ("[\n  % x\n  a\n].", 0, "[\n  y,\n  z,\n  % x\n  a\n]."),
        ("[\n  a, % x\n  % y\n  b\n].", 1, "[\n  a, % x\n  y,\n  z,\n  % y\n  b\n]."),
        ("[\n  a % x\n].", 1, "[\n  a, % x\n  y,\n  z\n]."),
        ("[\n  a % x\n  , b].", 1, "[\n  a % x\n  ,\n  y,\n  z, b]."),
    ],
)
def test_elements_are_put_below_what_is_in_front_of_them(text: str, index: int, after: str) -> None:
    whole = read(text)
    assert applied(text, inserted(whole, index, ["y,", "z"])) == after
    assert read(after).items == (*whole.items[:index], Atom("y"), Atom("z"), *whole.items[index:])
