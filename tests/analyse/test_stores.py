from __future__ import annotations

from relupc.analyse.stores import stored_of
from relupc.model.beam import MFA
from relupc.model.state import Shape
from tests.compiled import compiled
from tests.modules import module


def test_what_is_kept() -> None:
    found = [one for several in stored_of(compiled("states/ebin")).values() for one in several]
    assert [(one.by.name, one.called[:2], one.shape) for one in found] == [
        ("create", ("mnesia", "create_table"), Shape("tuple", "sale")),
        ("put", ("ets", "insert"), Shape("tuple", "order", 3)),  # as its clause asks for it
        ("sell", ("mnesia", "dirty_write"), Shape("tuple", "order", 3)),
        ("list", ("ets", "insert"), Shape("tuple", "old_order", 2)),  # inside a list; a map without a struct is none
    ]
    assert found[1].place is not None
    assert found[1].place.line == 10


def test_structs_are_kept_with_their_keys() -> None:
    made = module("f(X) -> persistent_term:put(limits, #{'__struct__' => 'Elixir.Shop.Limits', items => X}).\n")
    [kept] = stored_of({"shop": made})["shop"]
    assert (kept.shape.tag, kept.by) == ("Elixir.Shop.Limits", MFA("shop", "f", 1))


def test_what_is_only_read_is_not_kept() -> None:
    made = module("f(X) -> ets:lookup(orders, {order, X}), ets:delete(orders, {order, X}).\n")
    assert stored_of({"shop": made}) == {}


def test_the_environment_is_a_place_to_keep_things() -> None:
    made = module("f(X) -> application:set_env(shop, tax, {tax, X}), put(tax, {tax, X}).\n")
    found = stored_of({"shop": made})
    assert [one.called.name for kept in found.values() for one in kept] == ["set_env"]
