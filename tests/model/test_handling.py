"""What an entry does to a module; instructions are terms."""

from __future__ import annotations

import pytest

from relupc.model.appup import Appup, Entries, Entry
from relupc.model.beam import FA
from relupc.model.diagnostic import Direction
from relupc.model.handling import (
    advanced,
    asks,
    converter,
    handlings,
    is_converted_up,
    is_tool,
    only_loaded,
    other_way,
)
from relupc.model.lint import EntryPlan, OwnApp, entry_plan
from relupc.model.plan import Step
from relupc.model.program import EntryCode, Program
from relupc.model.term import Atom, List, Term, Unknown, string, tup
from tests.modules import module

KEY, EMPTY = string("1"), List(())
CART, TAX = Atom("shop_cart"), List((Atom("shop_tax"),))
CONVERT = tup("advanced", EMPTY)
LOW, CHANGE = tup("load", tup(CART, "brutal_purge", "brutal_purge")), tup("code_change", List((tup(CART, EMPTY),)))
LOAD = tup("load_module", CART, "brutal_purge", "brutal_purge", EMPTY)


def update(change: Term | str, timing: str = "dynamic", purge: str = "brutal_purge", deps: Term = EMPTY) -> Term:
    """The long form, as an entry's steps have it."""
    return tup("update", CART, timing, "default", change, purge, purge, deps)


def entry(direction: Direction, *instructions: Term, up: tuple[Term, ...] = ()) -> EntryPlan:
    made = Entry(KEY, List(instructions), tup(KEY, List(instructions)))
    other = Entry(KEY, List(up), tup(KEY, List(up)))
    entries = Entries((other,), None, None)
    appup = Appup("shop", "shop.appup", string("2"), entries, Entries((), None, None), None)
    return entry_plan(appup, made, direction, tuple(Step(each, ()) for each in instructions), None)


@pytest.mark.parametrize(
    ("direction", "instructions", "converts"),
    [
        ("up", (LOAD,), None),
        ("up", (update("soft"),), None),
        ("up", (update(CONVERT),), "post"),
        ("down", (update(CONVERT),), "pre"),  # the newer module is asked
        ("down", (update(CONVERT, "static"),), "post"),
        ("up", (LOW, CHANGE), "post"),
        ("down", (CHANGE, LOW), "pre"),
    ],
)
def test_who_converts(direction: Direction, instructions: tuple[Term, ...], converts: str | None) -> None:
    found = handlings(entry(direction, *instructions))["shop_cart"]
    assert found.converts == converts
    assert is_tool(found) == (len(instructions) == 1)
    old, new = (Program({}, {"shop": vsn}, 25) for vsn in "12")
    pre, post = (old, new) if direction == "up" else (new, old)
    code = EntryCode(entry(direction, *instructions), OwnApp("shop", "2", None, "shop.app"), new, old)
    assert asks(code, found) is {None: None, "pre": pre, "post": post}[converts]


def test_what_is_not_known_is_left_out() -> None:
    assert handlings(entry("up", update(Unknown("Change")))) == {}
    assert handlings(entry("up", tup("delete_module", CART))) == {}


@pytest.mark.parametrize(
    ("instruction", "convert", "load"),
    [
        (LOAD, "{update, shop_cart, {advanced, []}}", "{load_module, shop_cart}"),
        (
            update("soft", deps=TAX),
            "{update, shop_cart, {advanced, []}, [shop_tax]}",
            "{load_module, shop_cart, [shop_tax]}",
        ),
        (
            update("soft", purge="soft_purge"),
            "{update, shop_cart, {advanced, []}, soft_purge, soft_purge, []}",
            "{load_module, shop_cart, soft_purge, soft_purge, []}",
        ),
    ],
)
def test_other_instructions_for_the_same_module(instruction: Term, convert: str, load: str) -> None:
    found = handlings(entry("up", instruction))["shop_cart"]
    assert (advanced(found), only_loaded(found)) == (convert, load)
    assert advanced(found, static=True).startswith("{update, shop_cart, static, default, {advanced, []}, ")


def test_the_function_that_is_there() -> None:
    server = module("-behaviour(gen_server).\ncode_change(_, S, _) -> {ok, S}.\n", "shop_cart")
    assert FA("code_change", 3) in server.exports
    assert converter(Program({"shop_cart": server}, {}, 25), "shop_cart") == "code_change/3"
    lacks = module("-behaviour(gen_server).\ninit(S) -> {ok, S}.\n", "shop_cart")
    assert converter(Program({"shop_cart": lacks}, {}, 25), "shop_cart") is None
    assert converter(Program({}, {}, 25), "shop_cart") is None


def test_the_other_way() -> None:
    short = tup("update", CART, CONVERT)
    down = entry("down", LOAD, up=(short,))
    assert other_way(down) == (short,)
    assert is_converted_up(down, "shop_cart")
    assert not is_converted_up(down, "shop_tax")
    assert not is_converted_up(entry("up", LOAD, up=(short,)), "shop_cart")
    assert not is_converted_up(entry("down", LOAD, up=(tup("load_module", CART),)), "shop_cart")
