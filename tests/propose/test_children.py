"""relupc.propose.children: what a running supervisor is told."""

from __future__ import annotations

from relupc.model.typed import typed
from relupc.propose.way import Action
from tests.propose.ways import actions, supervisor

ONE, TWO = supervisor("shop_cart"), supervisor("shop_cart", "shop_till")


def one(old: str, new: str) -> Action:
    return actions({"shop_sup": old}, {"shop_sup": new})["shop_sup"]


def calls(found: Action) -> list[str]:
    return [typed(call.instruction) for call in (*found.before, *(one.call for one in found.after))]


def test_a_supervisor_that_says_the_same() -> None:
    found = one(ONE, ONE + "shop() -> 1.\n")
    assert (found.verb, calls(found)) == ("load", [])


def test_a_new_child_is_started() -> None:
    found = one(ONE, TWO)
    assert (found.verb, found.confidence) == ("supervisor", "sure")
    assert calls(found) == ["{apply, {supervisor, restart_child, [shop_sup, shop_till]}}"]


def test_a_child_that_goes_is_stopped_and_forgotten() -> None:
    assert calls(one(TWO, ONE)) == [
        "{apply, {supervisor, terminate_child, [shop_sup, shop_till]}}",
        "{apply, {supervisor, delete_child, [shop_sup, shop_till]}}",
    ]
    brief = TWO.replace("=> {shop_till,", "=> {shop_till,").replace(
        "id => shop_till,", "id => shop_till, restart => temporary,"
    )
    assert calls(one(brief, ONE)) == ["{apply, {supervisor, terminate_child, [shop_sup, shop_till]}}"]


def test_a_supervisor_that_nobody_can_call() -> None:
    nameless = [text.replace("{local, shop_sup}, ", "") for text in (ONE, TWO)]
    assert one(*nameless).restarts
    assert not one(nameless[0], nameless[0].replace("#{}", "#{intensity => 5}")).restarts


def test_copies_of_one_child() -> None:
    assert one(ONE, ONE.replace("#{}", "#{strategy => simple_one_for_one}")).restarts
