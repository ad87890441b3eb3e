"""What becomes of a module in two steps."""

from __future__ import annotations

import pytest

from relupc.hops.fate import Clash, Fate, fate_of, instruction_of, longer, together
from relupc.model.layout import flat
from relupc.plan.expand import full_form
from relupc.plan.verify import normal_form
from tests.hops.scripts import term


def fate(text: str) -> Fate:
    found = fate_of(normal_form(full_form(term(f"{text}."))))
    assert found
    return found


def result(first: str, second: str) -> str | None:
    found = together(fate(first), fate(second))
    return None if found is None else found.kind if isinstance(found, Clash) else flat(instruction_of(found))


ADD, LOAD, DELETE = "{add_module,m}", "{load_module,m}", "{delete_module,m}"
SOFT, SUP = "{update,m}", "{update,m,supervisor}"
X, Y = "{update,m,{advanced,x}}", "{update,m,{advanced,y}}"


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        (ADD, LOAD, ADD),
        (ADD, X, ADD),
        (ADD, DELETE, None),
        (LOAD, LOAD, LOAD),
        (LOAD, X, X),
        (LOAD, DELETE, DELETE),
        (SOFT, LOAD, SOFT),
        (SOFT, X, X),
        (X, SOFT, X),
        (X, LOAD, X),
        (X, X, X),
        (X, DELETE, DELETE),
        (SUP, SUP, SUP),
        (SUP, LOAD, SUP),
        (LOAD, SUP, SUP),
        (X, Y, "conversion"),
        (SUP, "{update,m,{advanced,[]}}", "contradiction"),
        (DELETE, ADD, "contradiction"),
        (DELETE, LOAD, "contradiction"),
        (LOAD, ADD, "contradiction"),
        (ADD, ADD, "contradiction"),
    ],
)
def test_the_table(first: str, second: str, both: str | None) -> None:
    assert result(first, second) == both


def test_purges_are_soft_if_both_are() -> None:
    soft = "{load_module,m,soft_purge,soft_purge,[]}"
    assert result(soft, soft) == soft
    assert result(soft, LOAD) == LOAD
    assert result("{load_module,m,brutal_purge,soft_purge,[]}", soft) == "{load_module,m,brutal_purge,soft_purge,[]}"


def test_the_longer_timeout_counts() -> None:
    one, two = (f"{{update,m,{time},soft,brutal_purge,brutal_purge,[]}}" for time in ("9000", "infinity"))
    assert result(one, SOFT) == one
    assert result(one, two) == two
    assert result(one, LOAD) == one
    assert flat(longer(term("default."), term("100."))) == "default"


@pytest.mark.parametrize(
    "text",
    [
        ADD,
        "{add_module,m,[n]}",
        "{delete_module,m,[n]}",
        LOAD,
        "{load_module,m,[n,o]}",
        "{load_module,m,soft_purge,brutal_purge,[n]}",
        SOFT,
        "{update,m,[n]}",
        SUP,
        X,
        "{update,m,{advanced,x},[n]}",
        "{update,m,soft,soft_purge,soft_purge,[]}",
        "{update,m,7,soft,soft_purge,soft_purge,[n]}",
        "{update,m,static,default,{advanced,[]},brutal_purge,brutal_purge,[n]}",
        "{update,m,static,default,soft,brutal_purge,brutal_purge,[]}",
    ],
)
def test_the_shortest_form(text: str) -> None:
    assert flat(instruction_of(fate(text))) == text


def test_what_is_no_module_instruction() -> None:
    assert fate_of(term("{apply,{m,f,[]}}.")) is None
    assert fate_of(term("point_of_no_return.")) is None
