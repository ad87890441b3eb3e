"""Funs that are given away for longer than a call takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relupc.analyse.funs import funs_of
from relupc.model.beam import FA, MFA
from relupc.model.code import Test as Asked
from relupc.model.fun import KeptFun
from tests.compiled import compiled
from tests.modules import module

HEAD = "-behaviour({}).\ninit(X) -> {{ok, X}}.\n"


def kept(text: str) -> tuple[KeptFun, ...]:
    return funs_of({"shop": module(text)}).get("shop", ())


def seen(text: str) -> list[tuple[str, str, bool]]:
    """How each is kept, by which function, and whether for a moment only."""
    return [(one.keeper, one.called.name, one.brief) for one in kept(text)]


def test_of_compiled_modules() -> None:
    found = funs_of(compiled("codes/C201/bad/shop/ebin"))["shop_rebates"]
    init, remember = FA("init", 0), FA("remember", 2)
    insert, put = MFA("ets", "insert", 2), MFA("persistent_term", "put", 2)
    assert [(one.inside, one.called, one.helper, one.brief) for one in found] == [
        (init, insert, None, False),
        (init, put, None, False),
        (remember, insert, None, True),  # nobody knows how long the table lives
        (init, insert, FA("keep", 2), False),
    ]
    assert [(one.fun.name, one.arity) for one in found][1::2] == [("round_down", 1), ("half", 1)]
    assert [one.place.line for one in found if one.place] == [7, 8, 17, 4]  # of the last the compiler keeps no line
    assert funs_of(compiled("codes/C201/good/shop/ebin")) == {}


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("application:set_env(shop, tax, [fun tax/1])", [("store", "set_env", False)]),
        ("put(tax, fun tax/1)", [("store", "put", True)]),
        ("timer:apply_interval(9, erlang, apply, [fun() -> X end, []])", [("timer", "apply_interval", False)]),
        ("timer:apply_after(9, erlang, apply, [fun() -> X end, []])", [("timer", "apply_after", True)]),
        ("logger:add_primary_filter(tax, {fun tax/1, X})", [("handler", "add_primary_filter", False)]),
        ("erpc:call(X, fun() -> X end)", [("node", "call", False)]),
        ("erpc:call(node(), fun() -> X end)", []),
        ("spawn('nonode@nohost', fun() -> X end)", []),
        ("spawn(fun() -> X end)", []),
        ("X ! {run, fun() -> X end}", [("message", "!", True)]),
        ("gen_server:call(X, fun() -> X end)", []),
        ("lists:map(fun tax/1, X)", []),
        ("ets:insert(tax, {X, fun ?MODULE:tax/1})", []),
        ("ets:insert(tax, {X, fun shop_tax:of_item/1})", []),
        ("ets:insert(tax, rules(X))", [("store", "insert", False)]),
        ("keep({a, fun tax/1})", [("store", "insert", False)]),
        ("keep(X)", []),
        ("ets:insert(tax, shop_tax:rules(X))", []),
        ("ets:insert(tax, [{one, fun tax/1}, {two, fun() -> X end}])", [("store", "insert", False)]),
    ],
)
def test_calls(call: str, found: list[tuple[str, str, bool]]) -> None:
    text = (
        f"f(X) -> {call}.\nrules(X) -> [{{a, fun() -> X end}}].\nkeep(Rule) -> ets:insert(tax, Rule).\ntax(X) -> X.\n"
    )
    assert seen(text) == found


@pytest.mark.parametrize(
    ("behaviour", "callback", "found"),
    [
        ("gen_server", "handle_cast(X, S) -> {noreply, {S, fun() -> X end}}", "handle_cast"),
        ("gen_server", "handle_call(X, _, S) -> {reply, fun() -> X end, S}", None),
        ("gen_server", "handle_call(X, _, _) -> {reply, X, {s, fun tax/1}}\n.tax(X) -> X", "handle_call"),
        ("gen_event", "handle_event(X, _) -> {ok, fun() -> X end}", "handle_event"),
        (
            "gen_statem",
            "callback_mode() -> handle_event_function.\nhandle_event(_, X, _, _) -> {keep_state, fun() -> X end}",
            "handle_event",
        ),
        ("supervisor", "handle_cast(X, S) -> {noreply, {S, fun() -> X end}}", None),
    ],
)
def test_states_of_later(behaviour: str, callback: str, found: str | None) -> None:
    text = HEAD.format(behaviour) + callback.replace("\n.", ".\n") + ".\n"
    assert seen(text) == ([("state", found, True)] if found else [])


def test_states_at_the_start() -> None:
    text = "-behaviour(gen_server).\ninit(X) ->\n  {ok, state(X)}.\nstate(X) -> #{tax =>\n  fun() -> X end}.\n"
    [one] = kept(text)
    assert (one.keeper, one.inside, one.brief, one.arity) == ("state", FA("init", 1), False, 0)
    assert kept(text.replace("{ok,", "{stop,")) == ()


def test_a_helper_that_may_do_something_else() -> None:
    made = module("f() -> keep({a, fun tax/1}).\nkeep(Rule) -> ets:insert(tax, Rule).\ntax(X) -> X.\n")
    assert len(funs_of({"shop": made})["shop"]) == 1
    keep = made.functions[FA("keep", 1)]
    asks = replace(keep, tests=(Asked("is_list", keep.calls[0].args[1], ()),))
    assert funs_of({"shop": replace(made, functions={**made.functions, keep.fa: asks})}) == {}
