from __future__ import annotations

import pytest

from tests.analyse.erl.test_least import calls


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("case X of {a, Y} when Y > 1 -> g(Y); {a, Y} -> h(Y) end", {"g", "h"}),
        ("case X of a -> ok; b -> exit(X) end, case X of b -> g(X); _ -> h(X) end", {"h"}),
        ("lists:foreach(fun(Y) -> g(Y) end, X), h(X)", {"h"}),
        ("fun h/1, g(X)", {"g"}),
        ("[h(X) || Y <- [], Y], g(X)", {"g"}),
        ("maybe_f(X), g(X)", {"g"}),
    ],
)
def test_branches(body: str, found: set[str]) -> None:
    assert set(calls(body)) == found
