from __future__ import annotations

import pytest

from tests.analyse.erl.test_least import REST, calls


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("X:f(X), g(X)", {"g"}),
        ("X(1), g(X)", {"g"}),
        ("Y = 1, Y(X), g(X)", set()),
        ("g(X) + {}, h(X)", {"g"}),
        ("X ! g(X), h(X)", {"g", "h"}),
        ("not a, g(X)", set()),
        ("X ++ [], g(X)", {"g"}),
        ("apply(X, X, []), g(X)", {"g"}),
        ("erlang:hibernate(a, b, []), g(X)", set()),
        ("X#{}, only(X, X), g(X)", {"only"}),
        ("(fun(Y) -> if is_list(X), is_atom(Y) -> ok end end)(X), g(X)", set()),
        ("(fun(Y) -> if is_list(Y) -> ok end end)(X), g(X)", {"g"}),
    ],
)
def test_calls_and_operators(body: str, found: set[str]) -> None:
    assert set(calls(body, f"{REST}only(_, {{_}}) -> 1.\n")) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("lists:map(fun(Y) -> exit(Y) end, [X]), g(X)", set()),
        ("lists:map(fun(Y) -> exit(Y) end, X), g(X)", {"g"}),
        ("lists:map(fun(Y) -> Y end, [X]), g(X)", {"g"}),
        ("case X =:= 1 of 1 -> g(X); true -> h(X) end", {"h"}),
        ("case a =:= 1 of [] -> g(X) end, h(X)", set()),
        ("case a =:= 1 of ok -> ok end, h(X)", set()),
        ("case X ++ [1] of [] -> ok end, h(X)", set()),
        ("case 1 + 1 of [] -> ok end, h(X)", set()),
        ("case X ++ [1] of [_ | _] -> ok end, h(X)", {"h"}),
        ("case maps:get(k, #{k => 1}) of a -> g(X); _ -> ok end", set()),
        ("case maps:get(k, X) of a -> g(X); _ -> ok end", {"g"}),
        ('case lists:map(fun(_) -> {} end, X) of "text" -> ok end, g(X)', set()),
    ],
)
def test_what_the_compiler_unfolds(body: str, found: set[str]) -> None:
    assert set(calls(body)) == found
