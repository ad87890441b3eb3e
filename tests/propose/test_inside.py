"""relupc.propose.inside: states that are alike from outside."""

from __future__ import annotations

import pytest

from relupc.model.diagnostic import Direction
from tests.propose.ways import actions

CALLBACKS = """
-behaviour(gen_server).
-record(state, {sum, ts}).
-record(line, {name, price}).
handle_call(_, _, S = #state{}) -> {reply, ok, S}.
handle_cast(_, S) -> {noreply, S}.
"""
CONVERTS = """
code_change({down, _}, S = #state{ts = {A, B, _}}, _) -> {ok, S#state{ts = {A, B}}};
code_change(_, S = #state{ts = {A, B}}, _) -> {ok, S#state{ts = {A, B, eur}}}.
"""


def server(made: str, more: str = "") -> str:
    return f"{CALLBACKS}init(Name) -> {{ok, #state{{sum = 0, ts = {made}}}}}.\n{more}"


def one(old: str, new: str, direction: Direction = "up") -> tuple[str, str, str]:
    """What is done, how sure that is, and why."""
    found = actions({"shop": old}, {"shop": new}, direction)["shop"]
    return "restart" if found.restarts else found.verb, found.confidence, found.why


@pytest.mark.parametrize("direction", ["up", "down"])
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{1, 0}", "{1, 0, eur}", "`{_, _}` in element 3 becomes `{_, _, _}`"),
        ("[{Name, 1}]", "[{Name, 1, x}]", "`{_, _}` in element 3 becomes `{_, _, _}`"),
        ("#{at => {1, 0}}", "#{at => {1, 0, 1}}", "`{_, _}` in element 3 becomes `{_, _, _}`"),
        ("{line, Name}", "{line, Name, 1}", "`{line, _}` in element 3 becomes `{line, _, _}`"),
        ('""', "0", "a list in element 3 becomes a number"),
        ("[]", "#{}", "a list in element 3 becomes a map"),
    ],
)
def test_a_value_of_another_shape(old: str, new: str, said: str, direction: Direction) -> None:
    found = one(server(old), server(new), direction)
    assert found[:2] == ("restart", "guess")
    if direction == "up":
        assert found[2] == f"the state of `shop` changes ({said}), and there is no `code_change/3`"


def test_the_elements_of_a_tuple() -> None:
    init = "init([]) -> {ok, {open, [], MADE}}.\n"
    old, new = (f"-behaviour(gen_server).\n{init.replace('MADE', made)}" for made in ("{1, 0}", "{1, 0, eur}"))
    assert one(old, new)[2].startswith("the state of `shop` changes (`{_, _}` in element 3 becomes")


def test_a_map_gets_and_loses_keys() -> None:
    small, big = server("#{size => 1}"), server("#{size => 1, limit => 2}")
    assert one(small, big)[0] == "restart"
    assert "(the map in element 3 gets `limit`)" in one(small, big)[2]
    assert one(small, big, "down") == (
        "load",
        "likely",
        "the map in element 3 loses `limit`, and a process that runs keeps what it has",
    )
    assert one(server("#{}"), small)[:2] == ("load", "guess")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("undefined", "0", "`undefined` in element 3 becomes a number"),
        ("{open, 1}", "{closed, 1}", "`{open, _}` in element 3 becomes `{closed, _}`"),
        ("fun lists:sort/1", "none", "a value in element 3 becomes `none`"),
    ],
)
def test_what_a_process_may_have_by_now(old: str, new: str, said: str) -> None:
    assert one(server(old), server(new)) == ("load", "guess", f"{said}, and nothing here converts it")


@pytest.mark.parametrize("made", ["0", "[1, 2]", "Name", "{Name, erlang:now()}", "ets:new(shop, [])", "#{a => Name}"])
def test_the_same_all_the_way_down(made: str) -> None:
    more = "note() -> ok.\n"
    assert one(server(made), server(made, more)) == ("load", "sure", "")


@pytest.mark.parametrize(
    ("old", "new"), [("0", "17"), ('"a"', '"b"'), ("ets:new(a, [])", "ets:new(b, [])"), ("[]", "[1]")]
)
def test_other_values_of_the_same_shape(old: str, new: str) -> None:
    assert one(server(old), server(new)) == ("load", "sure", "")


def test_what_is_not_known() -> None:
    found = one(server("Name"), server("shop_clock:now()"))
    assert found == ("load", "likely", "`init/1` makes something else in element 3, and what that is is not known")


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_value_that_is_converted(direction: Direction) -> None:
    found = one(server("{1, 0}"), server("{1, 0, eur}", CONVERTS), direction)
    assert found[:2] == ("update", "likely")
    assert " in element 3 becomes " in found[2]


def test_one_of_several_states() -> None:
    """The new version makes the old one, too."""
    two = "init(a) -> {ok, #state{sum = 0, ts = {1, 0}}};\ninit(_) -> {ok, #state{sum = 0, ts = {1, 0, eur}}}.\n"
    assert one(server("{1, 0}"), CALLBACKS + two) == ("load", "sure", "")
    assert one(CALLBACKS + two, server("{1, 0}"))[0] == "restart"
