from __future__ import annotations

from dataclasses import replace

from relupc.model.beam import FA, MFA, Place
from relupc.model.calls import callers, has, lost, missing, severity, who
from relupc.model.code import Module
from relupc.model.program import Program
from tests.modules import module

GROSS = MFA("price", "gross", 1)
CART = module("""
    total(X) -> Y = price:gross(X), Y + price:gross(1).
    sum(X) ->
        price:gross(X).
    careful(X) -> code:ensure_loaded(price), price:gross(X).
    caught(X) -> try price:gross(X) catch _:_ -> 0 end.
    held() -> fun price:gross/1.
    """)


def test_where_a_function_is_called() -> None:
    """By each function at its first call; not where it asks first, and not as a value."""
    file = "shop.erl"
    assert callers(CART, GROSS) == (
        (FA("total", 1), Place(file, 3)),
        (FA("sum", 1), Place(file, 5)),
        (FA("caught", 1), Place(file, 7)),
    )
    assert callers(replace(CART, functions={}), GROSS) == ((None, None),)
    assert callers(module("total(X) -> code:which(price), price:gross(X).\n"), GROSS) == ()


def test_a_function_that_may_mind() -> None:
    caught = CART.functions[FA("caught", 1)]
    careful = replace(CART, functions={**CART.functions, caught.fa: replace(caught, catches=True)})
    assert severity(careful, FA("caught", 1)) == "note"
    for other in (FA("total", 1), FA("gone", 0), None):
        assert severity(careful, other) is None


def test_what_a_call_finds() -> None:
    assert has(CART, FA("total", 1))
    assert not has(CART, FA("total", 2))
    assert not has(None, FA("total", 1))
    assert has(module("'$handle_undefined_function'(_, _) -> ok.\n"), FA("total", 2))


def test_words_for_a_caller() -> None:
    assert who("shop", FA("total", 1)) == "shop:total/1"
    assert who("shop", FA("-total/1-fun-0-", 2)) == "shop:total/1"
    assert who("Elixir.Shop.Cart", None) == "Shop.Cart"


def test_what_is_gone() -> None:
    def build(**texts: str) -> Program:
        made: dict[str, Module] = {name: module(text, name) for name, text in texts.items()}
        return Program(made, {"shop": "1"}, 25)

    old = build(a="f() -> 1.\ng() -> 1.\n", b="f() -> 1.\n", c="f() -> 1.\n")
    new = build(a="g() -> 1.\nh() -> 1.\n", c="f() -> 2.\n", d="f() -> 1.\n")
    assert lost(old, new) == {"a": {FA("f", 0)}, "b": {FA("f", 0)}}
    assert lost(old, old) == {}


def test_what_only_one_build_has() -> None:
    """Only functions that the module calls, and none that the other build has, too."""
    old, new = (
        Program({"price": module(f"net(X) -> X.\n{more}", name="price")}, {}, 25) for more in ("", "gross(X) -> X.\n")
    )
    caller = module("total(X) -> price:net(X) + price:gross(X).\n")
    assert list(missing(caller, new, old)) == ["price"]
    assert [called.local for called, *_ in missing(caller, new, old)["price"]] == [FA("gross", 1)]
    assert missing(caller, old, new) == {}
