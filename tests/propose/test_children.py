"""relupc.propose.children: what a running supervisor is told."""

from __future__ import annotations

from relupc.model.typed import typed
from relupc.propose.way import Action
from tests.propose.ways import actions, child, supervisor

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


def test_the_last_child_is_stopped_first() -> None:
    """As the supervisor itself has it: a child may need those before it."""
    assert calls(one(supervisor("shop_cart", "shop_till", "shop_mail"), ONE))[::2] == [
        "{apply, {supervisor, terminate_child, [shop_sup, shop_mail]}}",
        "{apply, {supervisor, terminate_child, [shop_sup, shop_till]}}",
    ]


def test_a_child_that_is_listed_in_some_cases() -> None:
    """Where it is not, OTP answers the call with an error, and nobody is harmed."""
    sometimes = ONE.replace("start_link, []}}]", "start_link, []}} | till(application:get_env(shop, till))]")
    sometimes += f"till(undefined) -> [];\ntill(_) -> [{child('shop_till')}].\n"
    assert sometimes.count("shop_till") == 2
    begun, ended = one(ONE, sometimes), one(sometimes, ONE)
    assert calls(begun) == ["{apply, {supervisor, restart_child, [shop_sup, shop_till]}}"]
    assert calls(ended) == [
        "{apply, {supervisor, terminate_child, [shop_sup, shop_till]}}",
        "{apply, {supervisor, delete_child, [shop_sup, shop_till]}}",
    ]
    assert begun.after[0].call.confidence == ended.before[0].confidence == "likely"
    assert calls(one(sometimes, TWO)) == []


def test_a_child_that_an_elixir_list_has_in_some_cases() -> None:
    """Given to the supervisor it would run in all of them."""
    old = f"start(_, _) -> 'Elixir.Supervisor':start_link([{child('shop_cart')}], [{{name, shop_sup}}]).\n"
    new = old.replace("[]}}]", "[]}} | till(application:get_env(shop, till))]")
    new += f"till(undefined) -> [];\ntill(_) -> [{child('shop_till')}].\n"
    assert one(old, new).restarts
    found = one(new, old)
    assert (found.restarts, len(calls(found))) == (False, 2)


def test_a_supervisor_that_nobody_can_call() -> None:
    nameless = [text.replace("{local, shop_sup}, ", "") for text in (ONE, TWO)]
    assert one(*nameless).restarts
    assert not one(nameless[0], nameless[0].replace("#{}", "#{intensity => 5}")).restarts


def test_copies_of_one_child() -> None:
    assert one(ONE, ONE.replace("#{}", "#{strategy => simple_one_for_one}")).restarts


def test_a_child_that_becomes_another_module() -> None:
    """Under the same id: the supervisor takes the new specification, and runs the old process on."""
    other = ONE.replace("{shop_cart, start_link", "{shop_till, start_link")
    assert calls(one(ONE, other)) == [
        "{apply, {supervisor, terminate_child, [shop_sup, shop_cart]}}",
        "{apply, {supervisor, restart_child, [shop_sup, shop_cart]}}",
    ]
    simple = [text.replace("#{}", "#{strategy => simple_one_for_one}") for text in (ONE, other)]
    assert one(*simple).restarts


def test_a_child_of_an_elixir_list_that_becomes_another_module() -> None:
    """Its list is not read again: the new child has to be given, and the old one to be forgotten."""
    start = "start(_, _) -> 'Elixir.Supervisor':start_link([CHILD], [{strategy, one_for_one}, {name, shop_sup}]).\n"
    old, new = (
        start.replace("CHILD", f"#{{id => cart, start => {{{name}, start_link, []}}}}")
        for name in ("shop_cart", "shop_till")
    )
    assert calls(one(old, new)) == [
        "{apply, {supervisor, terminate_child, [shop_sup, cart]}}",
        "{apply, {supervisor, delete_child, [shop_sup, cart]}}",
        "{apply, {'Elixir.Supervisor', start_child, [shop_sup, #{id => cart,start => {shop_till,start_link,[]}}]}}",
    ]


def test_an_init_that_cannot_run_twice() -> None:
    table = TWO.replace("init([]) ->", "init([]) -> ets:new(shop, [named_table]),")
    assert one(ONE, table).restarts
    assert not one(table, ONE).restarts


def test_what_an_elixir_list_does_not_tell_a_running_supervisor() -> None:
    start = "start(_, _) -> 'Elixir.Supervisor':start_link([CHILD], [{strategy, one_for_one}, {name, shop_sup}]).\n"
    old = start.replace("CHILD", "#{id => cart, start => {shop_cart, start_link, []}}")
    for new in (old.replace("start_link, []", "start_link, [1]"), old.replace("one_for_one", "rest_for_one")):
        found = one(old, new)
        assert (found.verb, found.confidence, calls(found)) == ("load", "likely", [])
        assert found.why
