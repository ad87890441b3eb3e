"""What `code_change` does, in the compiled modules of fixtures/states and in text."""

from __future__ import annotations

import pytest

from relupc.analyse.shapes import states_of
from relupc.model.beam import FA, MFA
from relupc.model.state import Conversion, Shape, Version
from relupc.model.term import Atom
from tests.compiled import compiled
from tests.modules import module

COMPILED = {name: state.conversion for name, state in states_of(compiled("states/ebin")).items()}
HEAD = "-behaviour(gen_server).\ninit(_) -> {ok, 1}.\n"


def conversion(*clauses: str, head: str = HEAD) -> Conversion:
    made = module(head + "\n".join(clauses))
    return states_of({made.name: made})[made.name].conversion


@pytest.mark.parametrize(
    ("kind", "clauses"),
    [
        ("missing", []),
        ("identity", ["code_change(_, S, _) -> {ok, S}."]),
        ("identity", ["code_change(V, S, _) -> case V of 1 -> {error, old}; _ -> {ok, S} end."]),
        ("converting", ["code_change(_, S, _) -> {ok, {new, S}}."]),
        ("converting", ["code_change(_, S, _) -> shop_convert:state(S)."]),
        ("converting", ["code_change(_, S, _) -> {ok, own(S)}.", "own(S) -> {new, S}."]),
        ("refuses", ["code_change(_, _, _) -> {error, never}."]),
        ("refuses", ["code_change(_, _, _) -> error(never)."]),
        ("refuses", ["code_change(_, S, _) -> S."]),
        ("refuses", ["code_change(_, S, _) -> {ok, S, S}."]),
    ],
)
def test_the_kind(kind: str, clauses: list[str]) -> None:
    assert conversion(*clauses).kind == kind


def test_of_other_behaviours() -> None:
    machine = "-behaviour(gen_statem).\ninit(_) -> {ok, on, 1}.\n"
    assert conversion("code_change(_, N, D, _) -> {ok, N, D}.", head=machine).kind == "identity"
    assert conversion("code_change(_, N, D, _) -> {ok, off, D}.", head=machine).kind == "converting"
    written = "code_change(_, on, D, _) -> {ok, on, D}"
    assert conversion(f"{written}.", head=machine).kind == "identity"
    assert conversion(f"{written};\ncode_change(_, N, D, _) -> {{ok, N, D}}.", head=machine).kind == "identity"
    assert conversion("code_change(_, on, D, _) -> {ok, off, D}.", head=machine).kind == "converting"
    assert conversion("code_change(_, on, D, _) -> {ok, on, {D}}.", head=machine).kind == "converting"
    assert conversion("code_change(_, _, D, _) -> {ok, D}.", head=machine).kind == "refuses"
    stage = conversion(head="-behaviour('Elixir.GenStage').\ninit(_) -> {producer, 1}.\n")
    assert (stage.function, stage.kind) == (FA("code_change", 3), "identity")  # it asks whether the function is there
    assert COMPILED["shop_till"].function == FA("system_code_change", 4)


def test_what_is_wrong() -> None:
    assert conversion("code_change(_, S, _) -> case shop_config:old() of true -> S; _ -> {ok, S} end.").wrong
    assert COMPILED["shop_cart"].wrong == (Atom("no_state"),)
    assert not conversion("code_change(_, _, _) -> {error, never}.").wrong
    assert not conversion("code_change(_, S, _) -> shop_convert:state(S).").wrong


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("maps:merge(#{total => 1}, S)", True),
        ("setelement(2, setelement(3, S, 0), 1)", True),
        ("setelement(2, {ok, S}, 1)", False),
        ("setelement(1, S, ok)", False),
        ("maps:get(result, S)", False),
        ("setelement(2, shop_convert:state(S), 1)", False),
    ],
)
def test_a_changed_state_by_itself(value: str, wrong: bool) -> None:
    found = conversion(f"code_change(_, S, _) -> {value}.")
    assert bool(found.wrong) is wrong
    assert found.kind == ("refuses" if wrong else "converting")


def test_versions() -> None:
    up, down = Version("string", '"1.3.0"', False), Version("string", '"1.3.0"', True)
    assert set(COMPILED["shop_cart"].versions) == {up, down, Version("atom", "first", False)}
    assert COMPILED["shop_till"].versions == ()


def test_whether_it_tells_a_downgrade() -> None:
    assert COMPILED["shop_cart"].down
    assert COMPILED["shop_till"].down  # the version is the third argument there
    assert COMPILED["shop_lamp"].down  # it hands the version on
    assert not COMPILED["shop_door"].down
    assert not conversion("code_change(V, S, _) -> error({V, S}).").down


def test_shapes() -> None:
    sizes = [Shape("tuple", "state", 3), Shape("tuple", "state", 4)]
    cart = COMPILED["shop_cart"]
    assert (sorted(cart.made), sorted(cart.asked), cart.open) == (sizes, sizes, False)
    assert COMPILED["shop_lamp"].open  # who gets the state may do anything with it


def test_what_takes_time() -> None:
    [sleep, call] = COMPILED["shop_cart"].slow
    assert (sleep.called, sleep.inside) == (MFA("timer", "sleep", 1), MFA("shop_cart", "code_change", 3))
    assert (call.called, call.inside) == (MFA("gen_server", "call", 2), MFA("shop_prices", "currency", 0))
    assert conversion("code_change(_, S, _) -> rpc:call(n, m, f, []), {ok, S}.").slow
    far = "".join(f"f{i}() -> f{i + 1}(), ok.\n" for i in range(3))
    assert not conversion(f"code_change(_, S, _) -> f0(), {{ok, S}}.\n{far}f3() -> timer:sleep(9000), ok.").slow
    assert conversion(f"code_change(_, S, _) -> f2(), {{ok, S}}.\n{far}f3() -> timer:sleep(9000), ok.").slow
