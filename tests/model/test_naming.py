from __future__ import annotations

from relupc.model.beam import FA, MFA
from relupc.model.naming import functions_in, named
from relupc.read.file import Unreadable
from relupc.read.text import read_text
from tests.modules import module

COUNT = MFA("stock", "count", 0)


def names(text: str) -> list[tuple[str, str, bool]]:
    """Each function that a module names: which, by whom, and whether that is kept."""
    return [(str(found.function), found.by.name, found.kept) for found in named(module(text))]


def test_what_code_names() -> None:
    assert names("f() -> fun stock:count/0.\n") == [(str(COUNT), "f", False)]
    assert names("f() -> {stock, count, []}.\n") == [(str(COUNT), "f", False)]
    assert names("f() -> spawn(stock, count, []).\n") == [(str(COUNT), "f", False)]
    assert names("f() -> timer:apply_interval(9, stock, count, []).\n") == [(str(COUNT), "f", True)]
    assert names("f(X) -> ets:insert(shop, {X, fun stock:count/0}).\n") == [(str(COUNT), "f", True)]
    assert names("f() -> stock:count(), {stock, count}, [stock, count, []].\n") == []


def test_children_are_named_elsewhere() -> None:
    assert names("f() -> supervisor:start_child(sup, {a, {stock, count, []}, permanent, 1, worker, []}).\n") == []
    assert names("init(_) -> {ok, {{one_for_one, 1, 1}, [#{id => a, start => {stock, count, []}}]}}.\n") == []


def test_where_a_name_stands() -> None:
    [found] = named(module("f() ->\n    ok,\n    timer:apply_after(9, stock, count, [1]).\n"))
    assert found.function == MFA("stock", "count", 1)
    assert found.by == FA("f", 0)
    assert found.place
    assert found.place.line == 4


def test_configuration() -> None:
    text = "[{shop, [{tick, {stock, count, []}}, {sort, fun lists:sort/1}, {id, {a, {b, c, []}, d, e, f, g}}]}]"
    term = read_text(text, "sys.config", 25)
    assert not isinstance(term, Unreadable)
    found = [(str(function), span.text if span else "") for function, span in functions_in(term)]
    assert found == [(str(COUNT), "{stock, count, []}"), (str(MFA("lists", "sort", 1)), "fun lists:sort/1")]
