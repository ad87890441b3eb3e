from __future__ import annotations

from relupc.model.appup import Appup, Entries, Entry
from relupc.model.code import Module
from relupc.model.diagnostic import Direction
from relupc.model.lint import OwnApp, entry_plan
from relupc.model.plan import Step
from relupc.model.program import EntryCode, Program
from relupc.model.reload import reloaded
from relupc.model.term import Atom, List, Term, string, tup
from tests.modules import module

CART, PRICE = module("a() -> 1.\n", "shop_cart"), module("a() -> 1.\n", "shop_price")


def program(*modules: Module) -> Program:
    return Program({each.name: each for each in modules}, {"shop": "1"}, 25)


def code(direction: Direction, new: Program, old: Program | None, *instructions: Term) -> EntryCode:
    script = List(instructions)
    key = string("1")
    appup = Appup("shop", "shop.appup", string("2"), Entries((), None, None), Entries((), None, None), None)
    entry = Entry(key, script, tup(key, script))
    plan = entry_plan(appup, entry, direction, tuple(Step(each, ()) for each in instructions), None)
    return EntryCode(plan, OwnApp("shop", "2", None, "shop.app"), new, old)


def found(of: EntryCode) -> list[str]:
    return [f"{atom.name} {module.name}" for atom, module in reloaded(of)]


LOAD = tup("load_module", "shop_cart")


def test_what_is_loaded_once_more() -> None:
    both = program(CART, PRICE)
    assert found(code("up", both, both, LOAD, tup("update", "shop_price"), LOAD)) == [
        "shop_cart shop_cart",
        "shop_price shop_price",
    ]
    assert found(code("up", both, both, tup("add_module", "shop_cart"), tup("delete_module", "shop_price"))) == []


def test_a_module_that_was_not_there() -> None:
    assert found(code("up", program(CART), program(PRICE), LOAD)) == []
    assert found(code("up", program(CART), None, LOAD)) == ["shop_cart shop_cart"]
    assert found(code("down", program(CART), None, LOAD)) == ["shop_cart shop_cart"]
    assert found(code("up", program(PRICE), None, LOAD)) == []
    assert found(code("up", program(CART), None, Atom("restart_emulator"))) == []
