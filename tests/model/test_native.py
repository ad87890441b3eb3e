from __future__ import annotations

from relupc.model.beam import FA
from relupc.model.native import library_of, loads_native, loads_when_loaded
from tests.modules import module

TAX = 'init() -> load("shop_tax").\nload(Name) -> erlang:load_nif(Name, 0).\n'


def test_what_loads_native_code() -> None:
    assert loads_native(module(TAX))
    assert loads_when_loaded(module(TAX, on_load=FA("init", 0)))
    by_hand = module('init() -> erlang:load_nif("x", 0).\n')
    assert loads_native(by_hand)
    assert not loads_when_loaded(by_hand)
    other = module('init() -> ok.\nload() -> erlang:load_nif("x", 0).\n', on_load=FA("init", 0))
    assert not loads_when_loaded(other)


def test_whose_library_it_is() -> None:
    tax = module(TAX, "shop_tax")
    math = module('init() -> erlang:load_nif(filename:join(priv(), "fast/shop_math"), 0).\n', "shop_math")
    assert library_of("any.so", [tax]) is tax
    assert library_of("lib/shop_math.so", [tax, math]) is math
    assert library_of("shop_tax.so", [tax, math]) is tax
    assert library_of("other.so", [tax, math]) is library_of("x.so", []) is None
