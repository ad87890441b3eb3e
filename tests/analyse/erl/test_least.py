"""What is surely compiled of a source, by what its functions do."""

from __future__ import annotations

import pytest

from relupc.analyse.erl import bounds_from
from relupc.model.beam import FA
from relupc.model.source import Source

HEAD = "-module(shop).\n-export([f/1]).\n-record(item, {price}).\n"
REST = "\ng(_) -> 1.\nh(_) -> 1.\nspin(X) -> spin(X).\nonly({a, _}) -> 1.\nback(X) -> X.\n"


def calls(body: str, rest: str = REST) -> list[str]:
    """The functions of its own that `f/1` surely calls."""
    found = bounds_from(Source("shop.erl", f"{HEAD}f(X) -> {body}.{rest}"))
    assert found
    assert {fa for fa, each in found.least.functions.items() if each.place} <= found.most.functions.keys()
    return [
        call.called.name
        for call in found.least.functions[FA("f", 1)].calls
        if call.called.module == "shop" and call.called.name.isalpha()
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("g(X), h(X)", ["g", "h"]),
        ("spin(X), g(X)", ["spin"]),
        ("g(exit(X)), h(X)", []),
        ("case X of {a, Y} -> g(Y); _ -> h(X) end", ["g", "h"]),
        ("case X of Y -> g(Y); {a, _} -> h(X) end", ["g"]),
        ("case a of b -> g(X); _ -> h(X) end", ["h"]),
        ("case back(b) of {a, _} -> g(X); _ -> h(X) end", ["back", "h"]),
        ("only(b), g(X)", ["only"]),
        ("only(X), g(X)", ["only", "g"]),
        ("if is_list(X) -> g(X); true -> h(X) end", ["g", "h"]),
        ("if is_list(X), is_atom(X) -> g(X); true -> h(X) end", ["h"]),
        ("if true -> g(X); true -> h(X) end", ["g"]),
        ("case X of Y when is_list(Y) -> g(Y); Y when is_list(Y) -> h(Y) end", ["g"]),
        ("case X of Y when is_list(Y) -> g(Y); [] -> h(X) end", ["g"]),
        ("length(X), case X of {_} -> g(X); _ -> h(X) end", ["h"]),
        ("length(a), g(X)", []),
        ("receive {X, Y} -> g(Y); _ -> h(X) end", ["g", "h"]),
        ("receive after infinity -> g(X) end, h(X)", []),
        ("try g(X) catch _:_ -> h(X) end", ["g"]),
        ("try other:g(X) catch _:_ -> h(X) end", ["h"]),
        ("try exit(X) after g(X) end, h(X)", ["g"]),
        ("catch exit(X), g(X)", ["g"]),
        ("X andalso g(X)", ["g"]),
        ("[] andalso g(X)", []),
        ("X#item.price, X#item{price = g(X)}, h(X)", ["g", "h"]),
        ("{}#item.price, g(X)", []),
        ("<<X/binary>>, case X of {_} -> g(X); _ -> h(X) end", ["h"]),
        ("<<a/binary>>, g(X)", []),
        ("(fun(Y) -> Y end)(X), g(X)", ["g"]),
        ("(fun(_) -> exit(X) end)(X), g(X)", []),
        ("X + 1, hd(X), g(X)", []),
        ("{Y, _} = X, g(Y), {} = X, h(X)", ["g"]),
        ("Y = [], Y = {X}, g(X)", []),
        ("if is_list(X); is_atom(X) -> maps:get(k, X), g(X) end, h(X)", []),
        ("if is_list(X); is_map(X) -> maps:get(k, X), g(X) end", ["g"]),
        ("#item{} = {ok, X}, g(X)", []),
        ("{_, _, _} = #item{price = X}, g(X)", []),
        ("case X of X -> g(X); _ -> h(X) end", ["g"]),
        ("if is_atom(X) -> if is_boolean(X) -> g(X); true -> h(X) end; true -> ok end", []),
        ('case "text" of [] -> g(X); _ -> h(X) end', ["h"]),
        ("#{a := Y} = #{a => X}, g(Y)", ["g"]),
        ("[g(Y) || Y <- X], h(X)", ["g", "h"]),
        ("case lists:map(fun(_) -> 1 end, X) of ?UNKNOWN -> g(X); _ -> ok end", []),
        ("case 1 of 1 -> exit(X); _ -> ok end, g(X)", []),
        ("if X =:= X -> exit(X); true -> ok end, g(X)", []),
        ("if X =/= X -> ok end, g(X)", []),
        ("if X =:= a -> only(X), g(X); true -> ok end", ["only"]),
        ("case X of Y when is_list(Y); is_tuple(Y) -> Y + 1, g(X); _ -> ok end", []),
        ("if is_boolean(X) -> case #item{} of X -> ok end, g(X); true -> ok end", []),
        ("if is_boolean(X), X > a -> length(X), g(X); true -> ok end", []),
        ("case X of {ok, _} when is_boolean(X) -> g(X); _ -> exit(X) end, h(X)", []),
        ("receive X when a > 1 -> g(X); X -> h(X) end", []),
        ("case X of a -> ok; Y -> if Y =:= a -> g(Y); true -> h(Y) end end", ["h"]),
        ("case X of a -> ok; Y -> case Y of a -> g(Y); _ -> h(Y) end end", ["h"]),
        ("case X of {b, Y} = Z when length(Z) > Y -> ok end, g(X)", []),
        ("case X of #item{price = Y} -> g(Y), only(Y), h(X) end", ["g", "only", "h"]),
    ],
)
def test_what_a_function_surely_calls(body: str, found: list[str]) -> None:
    assert sorted(set(calls(body))) == sorted(set(found))


def test_functions_that_nobody_calls() -> None:
    found = bounds_from(Source("shop.erl", f"{HEAD}f(X) -> X.\ng(X) -> f(X).\n"))
    assert found
    assert [fa.name for fa, each in found.least.functions.items() if each.place] == ["f"]
    assert {fa.name for fa in found.most.functions} == {"f", "g"}


def test_nothing_before_what_is_not_there_is_the_last_act() -> None:
    found = bounds_from(Source("shop.erl", f"{HEAD}f(X) -> g(X), h(exit(X)).{REST}"))
    assert found
    assert [call.tail for call in found.least.functions[FA("f", 1)].calls][:1] == [False]


def test_a_timeout_with_a_call_that_does_not_return_leaves_all() -> None:
    text = "f(X) -> receive a -> ok after 9 -> {}(X) end, f(X).\nspin(X) -> spin(X).\nback(X) -> X.\n"
    for name, leaves in (("spin", []), ("back", [FA("f", 1)])):
        found = bounds_from(Source("shop.erl", HEAD + text.format(name)))
        assert found
        assert [sorted(wait.leaves_to) for wait in found.least.functions[FA("f", 1)].waits] == [leaves]
