from __future__ import annotations

import pytest

from relupc.analyse.evaluate import BUDGET, Evaluator, applied, result_of, returned
from relupc.analyse.results import known_results
from relupc.analyse.values import UNKNOWN
from relupc.model.beam import FA, MFA
from relupc.model.code import MadeFun, Result, origin_of
from relupc.model.layout import flat
from relupc.model.term import Atom, Fun, Int, Term, Tuple, Unknown
from tests.modules import module

SHOP = """
    price(Item) -> {Item, tax(Item)}.
    tax(Item) -> {tax, Item}.
    either(true) -> cheap;
    either(_) -> dear.
    loop(0) -> [];
    loop(Item) -> [Item | loop(Item)].
    fails() -> error(closed).
    passes(Item) -> shop_till:pay(Item).
    pair(Other, Item) -> {Item, Other}.
    far() -> kept:start(1).
    deep0(X) -> deep1({X}).
    deep1(X) -> deep2({X}).
    deep2(X) -> deep3({X}).
    deep3(X) -> deep4({X}).
    deep4(X) -> deep5({X}).
    deep5(X) -> deep6({X}).
    deep6(X) -> {X}.
"""
TILL = "pay(Item) -> {paid, Item}."


def evaluator(left: int = BUDGET) -> Evaluator:
    modules = {"shop": module(SHOP), "shop_till": module(TILL, "shop_till")}
    return Evaluator(modules, lambda called: called.module == "kept", known_results(), left)


def said(name: str, *args: Term, left: int = BUDGET) -> list[str]:
    """What a function of the shop may return, as text."""
    found = returned(evaluator(left), MFA("shop", name, len(args)), args)
    return [flat(value) for value in found if origin_of(value) is None]


@pytest.mark.parametrize(
    ("name", "args", "found"),
    [
        ("price", (Atom("cup"),), ["{cup,{tax,cup}}"]),
        ("either", (UNKNOWN,), ["cheap", "dear"]),
        ("passes", (Int(1),), ["{paid,1}"]),
        ("fails", (), []),
        ("nowhere", (), []),
    ],
)
def test_what_a_function_returns(name: str, args: tuple[Term, ...], found: list[str]) -> None:
    assert said(name, *args) == found


def test_a_call_that_is_kept_stays_a_call() -> None:
    (value,) = returned(evaluator(), MFA("shop", "far", 0), ())
    assert origin_of(value) == Result(MFA("kept", "start", 1), (Int(1),))


def test_a_fun_brings_along_what_it_was_made_with() -> None:
    ev, fun = evaluator(), Unknown("fun", origin=MadeFun("shop", FA("pair", 2), (Atom("cup"),)))
    assert flat(applied(ev, fun, (Atom("key"),))) == "{cup,key}"
    assert applied(ev, fun, ()) == UNKNOWN, "it takes one argument"
    assert applied(ev, Fun("shop", "tax", 1), (Int(2),)) == Tuple((Atom("tax"), Int(2)))


def test_calls_inside_calls_end_somewhere() -> None:
    assert said("deep1", Int(1)) == ["{{{{{{1}}}}}}"]
    assert said("deep0", Int(1)) == [], "one call more than is followed"
    values = returned(evaluator(), MFA("shop", "loop", 1), (Int(1),))
    assert any(flat(value).startswith("[1|") for value in values)


def test_it_stops_when_the_budget_is_used_up() -> None:
    assert returned(evaluator(1), MFA("shop", "price", 1), (Int(1),)) == (Tuple((UNKNOWN, UNKNOWN)),)
    assert result_of(evaluator(0), MFA("shop", "price", 1), (Int(1),)) == UNKNOWN
