"""What is said of funs that outlive the upgrade of their module, beside what fixtures/codes shows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from relupc.analyse import program_of
from relupc.model.beam import FA
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode, TreeCode
from relupc.rules import check_of, rules
from relupc.rules.funs import fun_said, named
from tests.modules import module

SUP = """
-behaviour(supervisor).
-export([init/1]).
init(X) -> {ok, {#{}, [#{id => cart, restart => RESTART, start => {shop_cart, start_link, [fun() -> X end]}}]}}.
"""
SERVER = """
-behaviour(gen_server).
init(X) -> {ok, {state, fun() -> X end}}.
handle_call(_, _, State) -> {reply, ok, State}.
handle_cast(_, State) -> {noreply, State}.
"""


def said(code: str, text: str, loaded: Sequence[str] | None = None, updated: Sequence[str] = ()) -> list[Diagnostic]:
    """What a rule says of a build of this one module."""
    build = program_of([module(text)], {"shop": "1.4.0"}, 25)
    looked_at = ModuleCode(build.modules["shop"], build)
    rule = next(one for one in rules() if one.code == code)
    tree = TreeCode(looked_at, None if loaded is None else frozenset(loaded), frozenset(updated))
    return list(check_of(rule).function(tree if rule.on == "TreeCode" else looked_at))


@pytest.mark.parametrize(
    ("restart", "severities"), [("permanent", ["error"]), ("transient", ["error"]), ("temporary", [])]
)
def test_children_that_are_started_again(restart: str, severities: list[str]) -> None:
    assert [one.severity for one in said("C202", SUP.replace("RESTART", restart))] == severities


def test_children_of_a_supervisor_in_an_upgrade() -> None:
    text = SUP.replace("RESTART", "permanent")
    assert len(said("C202", text, loaded=["shop"])) == 1
    assert said("C202", text, loaded=["shop_cart"]) == []  # the fun stays as it is
    assert said("C202", text, loaded=["shop"], updated=["shop"]) == []  # which makes new specifications


def test_a_state_that_is_converted() -> None:
    assert [one.severity for one in said("C207", SERVER)] == ["warning"]
    anew = "code_change(_, {state, _}, X) -> {ok, {state, fun() -> X end}}.\n"
    assert [one.severity for one in said("C207", SERVER + anew)] == ["note"]
    same = "code_change(_, State, _) -> {ok, State}.\n"
    assert [one.severity for one in said("C207", SERVER + same)] == ["warning"]


def test_how_a_fun_is_called() -> None:
    erlang, elixir = module("f() -> ok.\n"), module("f() -> ok.\n", "'Elixir.Shop.Cart'")
    assert named(FA("-f/1-fun-0-", 2)) is None
    assert named(FA("-fun.tax/1-", 1)) == named(FA("tax", 1)) == FA("tax", 1)
    assert fun_said(erlang, FA("-fun.tax/1-", 1)) == fun_said(erlang, FA("tax", 1)) == "`fun tax/1`"
    assert fun_said(elixir, FA("valid?", 1)) == "`&valid?/1`"
    assert fun_said(erlang, FA("valid?", 1)) == "`fun 'valid?'/1`"
    assert fun_said(erlang, FA("-f/1-fun-0-", 2)) == "a fun"


def test_what_to_write() -> None:
    [one] = said("C201", "-export([f/0]).\nf() -> persistent_term:put(tax, fun tax/1).\ntax(X) -> X.\n")
    assert one.help == "write `fun ?MODULE:tax/1`, and export it"
    [one] = said("C201", "f() -> persistent_term:put(tax, fun tax/1).\ntax(X) -> X.\n")
    assert one.help == "write `fun ?MODULE:tax/1`"
    [one] = said("C204", "f(X) -> logger:add_primary_filter(tax, {fun(Event, _) -> Event end, X}).\n")
    assert one.help == "name an exported function instead: `fun ?MODULE:name/2`"
