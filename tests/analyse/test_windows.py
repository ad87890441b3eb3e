"""The steps of a plan beside the calls of both builds: which calls meet nothing, from which step to which."""

from __future__ import annotations

from relupc.analyse.windows import windows_of
from relupc.model.beam import FA, MFA
from relupc.model.code import Module
from relupc.model.instruction import load, remove
from relupc.model.plan import Step
from relupc.model.program import Program
from relupc.model.term import Atom, List, Term, Tuple, tup
from relupc.model.window import Window
from tests.modules import module

OLD_CART, NEW_CART = "total(X) -> shop_price:gross(X).\n", "total(X) -> shop_price:with_tax(X, 21).\n"
OLD_PRICE, NEW_PRICE = "gross(X) -> X.\n", "with_tax(X, Rate) -> X * Rate.\n"
BOTH_PRICE = OLD_PRICE + NEW_PRICE
CART, PRICE = load(Atom("shop_cart")), load(Atom("shop_price"))


def program(app: str = "shop", **texts: str) -> Program:
    made: dict[str, Module] = {f"shop_{name}": module(text, f"shop_{name}", app) for name, text in texts.items()}
    return Program(made, {app: "1"}, 25)


def halted(name: str) -> tuple[Term, Term]:
    modules = List((Atom(f"shop_{name}"),))
    return tup("suspend", modules), tup("resume", modules)


def found(pre: Program, post: Program, *steps: Term) -> list[tuple[str, str, str, int, bool]]:
    """Caller, module, which build it needs, how many steps that lasts, and whether no order is right."""
    return [(w.caller, w.module, w.needs, w.steps, w.both) for w in windows(pre, post, *steps)]


def windows(pre: Program, post: Program, *steps: Term) -> tuple[Window, ...]:
    return windows_of([Step(step, ()) for step in steps], pre, post)


def test_new_code_before_what_it_calls() -> None:
    pre, post = program(cart=OLD_CART, price=OLD_PRICE), program(cart=NEW_CART, price=BOTH_PRICE)
    assert found(pre, post, CART, PRICE) == [("shop_cart", "shop_price", "new", 1, False)]
    assert found(pre, post, PRICE, CART) == []
    [window] = windows(pre, post, CART, Atom("point_of_no_return"), PRICE)
    assert window.calls[0][:2] == (MFA("shop_price", "with_tax", 2), FA("total", 1))
    assert (window.opens, window.closes, window.steps) == (Step(CART, ()), Step(PRICE, ()), 2)
    assert window.is_newer("up")
    assert not window.is_newer("down")


def test_old_code_after_what_it_called() -> None:
    pre, post = program(cart=OLD_CART, price=BOTH_PRICE), program(cart=NEW_CART, price=NEW_PRICE)
    assert found(pre, post, PRICE, CART) == [("shop_cart", "shop_price", "old", 1, False)]
    assert found(pre, post, CART, PRICE) == []


def test_no_order_is_right() -> None:
    pre, post = program(cart=OLD_CART, price=OLD_PRICE), program(cart=NEW_CART, price=NEW_PRICE)
    assert found(pre, post, CART, PRICE) == [("shop_cart", "shop_price", "new", 1, True)]
    assert found(pre, post, PRICE, CART) == [("shop_cart", "shop_price", "old", 1, True)]


def test_while_processes_stand_still_nothing_is_called() -> None:
    pre, post = program(cart=OLD_CART, price=OLD_PRICE), program(cart=NEW_CART, price=NEW_PRICE)
    suspend, resume = halted("cart")
    assert found(pre, post, suspend, PRICE, CART, resume) == []
    assert found(pre, post, suspend, CART, resume, PRICE) == [("shop_cart", "shop_price", "new", 1, True)]
    assert found(pre, post, PRICE, suspend, CART, resume) == [("shop_cart", "shop_price", "old", 1, True)]
    [window] = windows(pre, post, suspend, CART, resume, PRICE)
    assert window.suspends


def test_modules_that_come_and_go() -> None:
    pre, post = program(cart=OLD_CART, price=OLD_PRICE), program(cart="total(X) -> X.\n")
    gone = remove(Atom("shop_price"))
    assert found(pre, post, gone, CART) == [("shop_cart", "shop_price", "old", 1, False)]
    assert found(pre, post, CART, gone) == []
    assert found(post, pre, CART, PRICE) == [("shop_cart", "shop_price", "new", 1, False)]
    assert found(post, pre, PRICE, CART) == []


def test_what_nobody_can_tell_is_not_said() -> None:
    pre, post = program(cart=OLD_CART, price=OLD_PRICE), program(cart=NEW_CART, price=BOTH_PRICE)
    assert found(pre, post, CART) == []  # D101 and A301 are about that
    assert found(pre, post, PRICE) == []
    assert found(pre, post, remove(Atom("shop_cart")), CART, PRICE) == []  # all of the application goes and comes back
    other = program("till", cart=NEW_CART, price=BOTH_PRICE)
    assert found(pre, other, CART, PRICE) == []
    asks = (
        "total(X) -> case erlang:function_exported(shop_price, with_tax, 2) of true -> shop_price:with_tax(X, 1) end.\n"
    )
    assert found(pre, program(cart=asks, price=BOTH_PRICE), CART, PRICE) == []
    handles = "'$handle_undefined_function'(_, _) -> ok.\n"
    assert found(program(cart=OLD_CART, price=handles), post, CART, PRICE) == []


def test_code_that_nobody_looked_at() -> None:
    """Its imports are known all the same."""
    new = program(cart=NEW_CART, price=BOTH_PRICE)
    blind = Module("shop_cart", "shop", "", b"", frozenset(), new.modules["shop_cart"].imports, (), {}, decoded=False)
    post = Program({**new.modules, "shop_cart": blind}, {"shop": "1"}, 25)
    [window] = windows(program(cart=OLD_CART, price=OLD_PRICE), post, CART, PRICE)
    assert window.calls == ((MFA("shop_price", "with_tax", 2), None, None),)


def test_instructions_of_an_odd_shape() -> None:
    pre, post = program(cart=OLD_CART, price=OLD_PRICE), program(cart=NEW_CART, price=BOTH_PRICE)
    assert found(pre, post, Tuple(()), Atom("x"), tup("load", Atom("x")), CART, PRICE)[0][3] == 1
