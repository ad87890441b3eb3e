"""relupc.propose.loops: processes that go round by themselves."""

from __future__ import annotations

from relupc.model.typed import typed
from relupc.propose.way import Action
from tests.propose.ways import actions, supervisor

LOOP = """start_link() -> {ok, spawn_link(?MODULE, loop, [[]])}.
loop(Items) -> receive {add, Item} -> ?MODULE:loop([Item | Items]) end.
total() -> 1.
"""
SPECIAL = """start_link() -> proc_lib:start_link(?MODULE, init, [self()]).
init(Parent) -> proc_lib:init_ack({ok, self()}), loop(Parent, []).
loop(Parent, Items) ->
    receive
        {system, From, Request} -> sys:handle_system_msg(Request, From, Parent, ?MODULE, [], Items);
        {add, Item} -> loop(Parent, [Item | Items])
    end.
system_continue(Parent, _, Items) -> loop(Parent, Items).
system_terminate(Reason, _, _, _) -> exit(Reason).
total() -> 1.
"""


def one(old: str, new: str, above: str = supervisor("shop_cart")) -> Action:
    return actions({"shop_cart": old, "shop_sup": above}, {"shop_cart": new, "shop_sup": above})["shop_cart"]


def calls(found: Action) -> list[str]:
    return [typed(call.instruction) for call in (*found.before, *(one.call for one in found.after))]


def test_a_loop_that_goes_on_as_it_is() -> None:
    found = one(LOOP, LOOP.replace("total() -> 1", "total() -> 2"))
    assert (found.verb, found.confidence, calls(found)) == ("load", "sure", [])


def test_a_loop_that_changes_is_started_anew() -> None:
    found = one(LOOP, LOOP.replace("[Item | Items]", "{Items, Item}"))
    assert (found.verb, calls(found)) == (
        "load",
        [
            "{apply, {supervisor, terminate_child, [shop_sup, shop_cart]}}",
            "{apply, {supervisor, restart_child, [shop_sup, shop_cart]}}",
        ],
    )
    assert [call.confidence for call in found.before] == ["likely"]


def test_a_loop_that_never_leaves_its_code() -> None:
    local = LOOP.replace("?MODULE:loop([", "loop([")
    assert calls(one(local, local.replace("total() -> 1", "total() -> 2")))


def test_a_loop_of_nobody_known() -> None:
    found = one(LOOP, LOOP.replace("[Item | Items]", "{Items, Item}"), supervisor())
    assert (found.verb, found.confidence, calls(found)) == ("load", "guess", [])


def test_a_special_process_is_suspended_to_leave_its_code() -> None:
    found = one(SPECIAL, SPECIAL.replace("total() -> 1", "total() -> 2"))
    assert (found.verb, found.confidence) == ("soft", "likely")
