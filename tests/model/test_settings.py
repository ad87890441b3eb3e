from __future__ import annotations

from relupc.model.beam import FA
from relupc.model.settings import only_at_start, reads, sets
from tests.modules import module

TEXT = """
-export([init/1, start/2, handle_call/3, start_link/0, any/2, list/0]).
start_link() -> gen_server:start_link(?MODULE, [], []).
init([]) -> both(), {ok, port()}.
start(_, _) -> application:set_env(till, open, true), application:set_env(shop, rate, 1, [{persistent, true}]).
port() -> application:get_env(shop, port, 80).
both() -> application:get_env(limit).
handle_call(_, _, S) -> both(), {reply, application:get_all_env(shop), S}.
any(App, Key) -> application:get_env(App, Key).
list() -> application:set_env([{shop, []}]).
"""


def test_reads() -> None:
    found = [(s.app, s.key, s.function.name) for s in reads(module(TEXT))]
    assert found == [
        ("shop", "port", "port"),
        ("shop", "limit", "both"),
        ("shop", None, "handle_call"),
        ("", "", "any"),
    ]


def test_sets() -> None:
    found = [(s.app, s.key, s.function) for s in sets(module(TEXT))]
    assert found == [
        ("till", "open", FA("start", 2)),
        ("shop", "rate", FA("start", 2)),
        ("", "", FA("list", 0)),
    ]


def test_what_runs_at_the_start_only() -> None:
    assert {fa.name for fa in only_at_start(module(TEXT))} == {"init", "start", "port"}
    assert only_at_start(module("handle_call(_, _, S) -> {reply, ok, S}.\n")) == frozenset()
