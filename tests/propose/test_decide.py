"""relupc.propose.decide: what to do about each module."""

from __future__ import annotations

import pytest

from relupc.model.diagnostic import Direction
from relupc.model.term import Atom, Tuple
from relupc.model.value import replace
from relupc.propose.decide import decide
from relupc.propose.way import Action, Way
from tests.modules import module
from tests.propose.ways import SERVER, actions, compiled_way, way

GROWN = SERVER.replace("{items}", "{items, currency}")
CONVERTS = (
    GROWN
    + """code_change({down, _}, {state, Items, _}, _) -> {ok, {state, Items}};
code_change(_, {state, Items}, _) -> {ok, #state{items = Items}}.
"""
)
IDENTITY = "code_change(_, S, _) -> {ok, S}.\n"
MACHINE = """-behaviour(gen_statem).
callback_mode() -> MODE.
init([]) -> {ok, open, {data, 1}}.
handle_event(_, _, _, _) -> keep_state_and_data.
open(_, _, _) -> keep_state_and_data.
code_change(_, S, D, _) -> {ok, S, D}.
"""


def one(old: str, new: str, direction: Direction = "up") -> tuple[str, str, bool]:
    """The verb, how sure that is, and whether the application is restarted."""
    found = actions({"shop": old}, {"shop": new}, direction)["shop"]
    return found.verb, found.confidence, found.restarts


def test_what_comes_and_goes() -> None:
    found = actions({"shop_tax": "f() -> 1.\n"}, {"shop_gift": "f() -> 1.\n"})
    assert {name: action.verb for name, action in found.items()} == {"shop_gift": "add", "shop_tax": "delete"}


def test_what_moves_between_applications() -> None:
    """Only the application that gets it says anything: OTP refuses two instructions for one module."""
    there = module("f() -> 1.\n", "shop_tax", app="till")
    found = way({"shop": "f() -> 1.\n"}, {"shop": "f() -> 1.\n", "shop_tax": "f() -> 2.\n"})
    before = replace(found.pre, modules={**found.pre.modules, "shop_tax": there})
    assert [one.verb for one in decide(found._replace(pre=before))] == ["load"]
    back = Way("down", found.post, before, found.diff)
    assert decide(back) == ()


def test_what_is_the_same_needs_nothing() -> None:
    assert actions({"shop": SERVER}, {"shop": SERVER}) == {}


def test_code_without_processes_of_its_own() -> None:
    assert one("f() -> 1.\n", "f() -> 2.\n") == ("load", "sure", False)


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_state_of_the_same_shape(direction: Direction) -> None:
    """No process stands still for nothing, be there a `code_change` or not."""
    assert one(SERVER, SERVER.replace("ok, S", "no, S"), direction) == ("load", "sure", False)
    assert one(SERVER + IDENTITY, SERVER.replace("ok, S", "no, S") + IDENTITY, direction) == ("load", "sure", False)


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_state_that_is_converted(direction: Direction) -> None:
    assert one(SERVER, CONVERTS, direction) == ("update", "sure", False)


@pytest.mark.parametrize("direction", ["up", "down"])
@pytest.mark.parametrize("more", ["", IDENTITY])
def test_a_state_that_nothing_converts(more: str, direction: Direction) -> None:
    assert one(SERVER + more, GROWN + more, direction) == ("load", "guess", True)


def test_no_way_back() -> None:
    """The newer module is asked, and only knows the way up."""
    up_only = GROWN + "code_change(_, {state, Items}, _) -> {ok, #state{items = Items}}.\n"
    assert one(SERVER, up_only) == ("update", "sure", False)
    assert one(SERVER, up_only, "down") == ("load", "guess", True)


def test_a_map_keeps_what_nobody_asks_for() -> None:
    """The older version works with a key more; `code_change` may take it away."""
    old = SERVER.replace("#state{items = []}", "#{items => []}").replace("#state{}", "#{}")
    new = old.replace("items => []", "items => [], note => none")
    assert one(new, old) == ("load", "likely", False)
    assert actions({"shop": new}, {"shop": old})["shop"].why.startswith("the map loses `note`, and a process")
    takes = new + "code_change(_, #{items := Items}, _) -> {ok, #{items => Items}}.\n"
    down = actions({"shop": old + IDENTITY}, {"shop": takes}, "down")["shop"]
    assert (down.verb, down.why) == ("load", "the map loses `note`, and a process that runs keeps what it has")
    both = takes.replace("code_change(_,", "code_change({down, _},")
    down = actions({"shop": old}, {"shop": both}, "down")["shop"]
    assert (down.verb, down.why) == ("update", "the map loses `note`")


SPECIAL = """begins(Parent) -> loop(Parent, [], STATE).
loop(Parent, Debug, State) -> receive {system, From, R} ->
    sys:handle_system_msg(R, From, Parent, ?MODULE, Debug, State) end.
system_continue(Parent, Debug, State) -> loop(Parent, Debug, State).
system_code_change(State, _, _, _) -> {ok, State}.
note() -> N.
"""


def test_a_special_process() -> None:
    """It leaves old code when it is resumed. It has no `init/1`: what enters its loop tells its state."""

    def text(state: str, note: str) -> str:
        return SPECIAL.replace("STATE", state).replace("N.", f"{note}.")

    assert one(text("{scale, 1}", "1"), text("{scale, 1}", "2")) == ("soft", "likely", False)
    assert one(text("{scale, 1}", "1"), text("#{scale => 1}", "1")) == ("load", "guess", True)
    assert one(text("shop_disk:read()", "1"), text("shop_disk:read()", "2")) == ("soft", "guess", False)


def test_a_process_stays_what_it_is() -> None:
    machine = MACHINE.replace("MODE", "state_functions")
    assert one(SERVER, machine) == ("load", "guess", True)
    assert one("f() -> 1.\n", machine) == ("load", "sure", False)


def test_the_mode_of_a_state_machine() -> None:
    old, new = (MACHINE.replace("MODE", mode) for mode in ("state_functions", "handle_event_function"))
    assert one(old, new) == ("update", "likely", False)
    assert one(old, new, "down") == ("static", "likely", False)
    assert one(old[: old.index("code_change")], new[: new.index("code_change")]) == ("load", "guess", True)


def test_the_mode_and_the_state_of_a_state_machine() -> None:
    """With `static` the older module is asked on the way down: it knows nothing of the newer state."""
    old = MACHINE.replace("MODE", "state_functions").replace("{data, 1}", "#data{items = []}")
    old = f"-record(data, {{items}}).\n{old}"
    converts = "code_change(_, S, {data, Items}, _) -> {ok, S, #data{items = Items, total = 0}}.\n"
    new = old.replace("{items}", "{items, total}").replace("state_functions", "handle_event_function")
    assert one(old, new) == ("load", "guess", True)
    new = new[: new.index("code_change")] + converts
    assert one(old, new) == ("update", "likely", False)
    assert one(old, new, "down") == ("load", "guess", True)


def test_the_mode_of_a_state_machine_whose_map_gets_a_key() -> None:
    """Its `code_change/4` gives the map back as it is, and new code asks for the key."""
    old = MACHINE.replace("MODE", "state_functions").replace("{data, 1}", "#{items => 1}")
    new = old.replace("items => 1", "items => 1, total => 0").replace("state_functions", "handle_event_function")
    assert one(old, new) == ("load", "guess", True)
    assert one(new, old) == ("update", "likely", False)


def test_a_state_without_a_function_in_the_new_mode() -> None:
    old = MACHINE.replace("MODE", "handle_event_function")
    new = MACHINE.replace("MODE", "state_functions").replace("open, {", "shut, {").replace("open(", "shut(")
    assert one(old, new) == ("load", "guess", True)
    assert one(old, new.replace("(_, S, D, _) -> {ok, S,", "(_, open, D, _) -> {ok, shut,"))[2] is False


def fixture(case: str, name: str, direction: Direction = "up") -> Action:
    return next(one for one in decide(compiled_way(case, direction)) if one.module == name)


def test_the_extra_that_is_asked_for() -> None:
    cart, till = fixture("extra", "shop_cart"), fixture("extra", "shop_till")
    assert (cart.verb, cart.confidence, cart.extra) == ("update", "sure", Tuple((Atom("currency"), Atom("eur"))))
    assert (till.verb, till.confidence, till.extra) == ("update", "guess", Atom("keep"))
    assert "asks for `keep` or `empty` as Extra" in till.why
    assert fixture("extra-open", "shop_cart").restarts


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_function_that_acts(direction: Direction) -> None:
    """It gives the state back, and would not run if the module were only loaded."""
    cart = fixture("acts", "shop_cart", direction)
    assert (cart.verb, cart.confidence) == ("update", "likely")
    assert fixture("acts", "shop_till", direction).verb == "load"  # that one only logs


def test_a_function_without_a_clause() -> None:
    assert "takes no such state" in fixture("clause", "shop_cart").why
    assert fixture("clause", "shop_cart").restarts
    assert fixture("clause", "shop_cart", "down").verb == "update"


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_clause_for_another_version(direction: Direction) -> None:
    """The function converts states, but not those of the version that runs."""
    cart = fixture("version-other", "shop_cart", direction)
    assert cart.restarts
    assert "gives it back unchanged" in cart.why
    assert fixture("version", "shop_cart", direction).verb == "update"
