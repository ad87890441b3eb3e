"""The clause of `code_change` that makes one record of another."""

from __future__ import annotations

from relupc.model.beam import FA
from relupc.model.drift import Side, drift
from relupc.rules.skeletons import skeleton
from tests.model.test_drift import NEW, OLD, side

SERVER, MACHINE, SPECIAL = FA("code_change", 3), FA("code_change", 4), FA("system_code_change", 4)


def clause(pre: Side, post: Side, function: FA = SERVER, *, down: bool = False) -> str | None:
    found = drift(pre, post)
    assert found
    return skeleton(found, pre, post, function, down=down)


def test_both_ways() -> None:
    assert clause(OLD, NEW) == "code_change(_OldVsn, {state, A}, _Extra) -> {ok, #state{a = A}}"
    assert clause(NEW, OLD, down=True) == "code_change({down, _Vsn}, #state{a = A}, _Extra) -> {ok, {state, A}}"


def test_other_functions() -> None:
    assert clause(OLD, NEW, MACHINE) == "code_change(_OldVsn, Name, {state, A}, _Extra) -> {ok, Name, #state{a = A}}"
    assert (
        clause(OLD, NEW, SPECIAL) == "system_code_change({state, A}, _Module, _OldVsn, _Extra) -> {ok, #state{a = A}}"
    )


def test_what_is_new_or_gone() -> None:
    shop = side("{state, 1, 2}", ("max_items", "total"))
    assert (
        clause(NEW, side("{state, 1}", ("b",))) == "code_change(_OldVsn, {state, _, B}, _Extra) -> {ok, #state{b = B}}"
    )
    back = "code_change({down, _Vsn}, #state{}, _Extra) -> {ok, {state, undefined, undefined}}"
    assert clause(OLD, shop, down=True) == back


def test_no_clause() -> None:
    assert clause(side("{state, 1}"), side("{state, 1, 2}")) is None  # nobody knows the fields
    long = "a" * 60
    assert clause(side("{state, 1}", (long,)), side("{state, 1, 2}", (long, "b"))) is None
    odd = ("an odd name",)
    assert clause(side("{state, 1}", odd), NEW) is None
