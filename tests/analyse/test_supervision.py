from __future__ import annotations

import pytest

from relupc.analyse.supervision import Supervision, starts_in, supervision_of
from relupc.model.beam import FA
from relupc.model.supervision import Supervisor
from relupc.model.term import Atom, Int
from tests.modules import module

HEAD = """
    -behaviour(supervisor).
    start_link() -> supervisor:start_link({local, top}, ?MODULE, []).
"""
ONE = "#{id => cart, start => {cart, start_link, []}}"
TWO = "#{id => till, start => {till, start_link, []}}"


def look(**texts: str) -> Supervision:
    modules = (module(text, name) for name, text in texts.items())
    return supervision_of({one.name: one for one in modules})


def tree(init: str, *, head: str = HEAD) -> tuple[Supervisor, ...]:
    return look(shop=head + init).supervisors.get("shop", ())


def ids(one: Supervisor) -> list[str]:
    return [kid.id.name for kid in one.children if isinstance(kid.id, Atom)]


def test_a_supervisor() -> None:
    (one,) = tree(f"init(_) -> {{ok, {{#{{strategy => rest_for_one, intensity => 3}}, [{ONE}, {TWO}]}}}}.")
    assert (one.listing, one.function, one.strategy, one.registered) == (
        "init",
        FA("init", 1),
        "rest_for_one",
        Atom("top"),
    )
    assert one.limits == (Int(3), Int(5), Atom("never"))
    assert ids(one) == ["cart", "till"]
    assert one.whole
    assert not one.ignores


@pytest.mark.parametrize(
    ("init", "strategies", "children", "whole"),
    [
        (f"init(_) -> {{ok, {{{{one_for_all, 1, 2}}, [{ONE}]}}}}.", ["one_for_all"], [["cart"]], True),
        (f"init(_) -> {{ok, {{#{{}}, kids()}}}}. kids() -> [{ONE}].", ["one_for_one"], [["cart"]], True),
        (
            "init(X) -> {ok, {#{}, [#{id => X, start => {cart, start_link, []}}]}}.",
            ["one_for_one"],
            [[]],
            False,
        ),
        ("init(_) -> {ok, {#{}, other:kids()}}.", ["one_for_one"], [[]], False),
        ("init(_) -> other:all().", [None], [[]], False),
        (f"init([]) -> ignore; init(_) -> {{ok, {{#{{}}, [{ONE}]}}}}.", ["one_for_one"], [["cart"]], True),
        (
            f"init(a) -> {{ok, {{#{{}}, [{ONE}]}}}}; init(b) -> {{ok, {{#{{}}, [{TWO}]}}}}.",
            ["one_for_one", "one_for_one"],
            [["cart"], ["till"]],
            True,
        ),
        (f"init(X) -> {{ok, {{#{{}}, [{ONE} | X]}}}}.", ["one_for_one"], [["cart"]], False),
        (f"init(a) -> other:all(); init(_) -> {{ok, {{#{{}}, [{ONE}]}}}}.", ["one_for_one"], [["cart"]], False),
    ],
)  # fmt: skip
def test_what_init_says(init: str, strategies: list[str | None], children: list[list[str]], whole: bool) -> None:
    found = tree(init)
    assert [one.strategy for one in found] == strategies
    assert [ids(one) for one in found] == children
    assert {one.limits for one in found if one.strategy == "one_for_one"} <= {(Int(1), Int(5), Atom("never"))}
    assert {one.whole for one in found} == {whole}
    assert {one.ignores for one in found} == {"ignore" in init}


def test_elixir() -> None:
    init = "init(_) -> 'Elixir.Supervisor':init(['Elixir.Cart', {'Elixir.Till', 1}], [{strategy, one_for_all}])."
    (one,) = tree(init, head="-behaviour('Elixir.Supervisor').\n")
    assert (one.strategy, one.limits) == ("one_for_all", (Int(3), Int(5), Atom("never")))
    assert ids(one) == ["Elixir.Cart", "Elixir.Till"]


def test_a_list_and_an_added_child() -> None:
    listed = f"start(_, _) -> 'Elixir.Supervisor':start_link([{ONE}], [{{strategy, one_for_one}}, {{name, top}}])."
    added = f"more() -> supervisor:start_child(top, {TWO})."
    first, second = tree(f"{listed}\n{added}", head="")
    assert (first.listing, ids(first), first.whole, first.registered) == ("list", ["cart"], True, Atom("top"))
    assert (second.listing, ids(second), second.whole) == ("added", ["till"], False)
    assert tree("more() -> supervisor:start_child(top, [1]).", head="") == (), "a copy is given only arguments"
    (empty,) = tree("start(_, _) -> 'Elixir.Supervisor':start_link([], []).", head="")
    assert (empty.children, empty.whole) == ((), True)


def test_the_name_that_all_starts_agree_on() -> None:
    init = "init(_) -> {ok, {#{}, []}}."
    again = look(shop=HEAD + init, other="go() -> supervisor:start_link({local, second}, shop, []).")
    assert again.supervisors["shop"][0].registered is None
    made = [module(HEAD + init), module("go() -> supervisor:start_link({local, second}, shop, []).", "other")]
    assert starts_in({one.name: one for one in made}).keys() == {"shop", "other"}


def test_roots_and_what_is_outside() -> None:
    application = "-behaviour(application).\nstart(_, _) -> cart:start_link(), shop:start_link()."
    cart = "start_link() -> gen_server:start_link(cart, [], [])."
    found = look(app=application, cart=cart, shop=f"{HEAD}init(_) -> {{ok, {{#{{}}, []}}}}.")
    assert [(one.kind, one.module) for one in found.roots["app"]] == [("supervisor", "shop")]
    assert [(one.kind, one.module) for one in found.outside["app"]] == [("gen_server", "cart")]


def test_places_are_no_difference() -> None:
    init = f"init(_) -> {{ok, {{#{{}}, kids()}}}}. kids() -> [{ONE}]."
    (one,), (other,) = tree(init), tree(f"\n\n{init}")
    assert one.place != other.place
    assert one.how == other.how
    assert [function.name for function in one.how] == ["init", "kids"]
    (changed,) = tree(init.replace("cart, []", "cart, [1]").replace("{cart, start_link, []}", "{cart, go, []}"))
    assert changed.how != one.how
