from __future__ import annotations

import pytest

from tests.analyse.erl.test_least import calls


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Y = X, case Y of {_} -> g(Y); _ -> h(Y) end", set()),  # both are one value, and nobody looks that close
        ("Y = {a, 1}, case Y of {a, _} -> g(Y); _ -> h(Y) end", {"g"}),
        ("case {X, a} of {_, a} -> g(X); _ -> h(X) end", {"g"}),
        ("{ok, Y} = back(X), g(Y)", {"back", "g"}),
        ("{ok, Y} = back(a), g(Y)", {"back"}),
        ("X#{a => 1}, case X of {_} -> g(X); _ -> h(X) end", {"h"}),
        ("try Y = fun() -> X end of [] -> ok catch _:_ -> exit(X) end, g(X)", set()),
        ("[_ | _] = X, X + 1, g(X)", set()),
        ("X = [], X#item.price, g(X)", set()),
        ("Y = X#item{price = 1}, case Y of #item{} -> g(X); _ -> h(X) end", {"g"}),
    ],
)
def test_values(body: str, found: set[str]) -> None:
    assert set(calls(body)) == found
