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
        ("X orelse g(X), h(X)", {"g", "h"}),
        ("X orelse g(X), only(X)", {"g", "only"}),
        ("X orelse spin(X), X andalso g(X), h(X)", {"spin"}),
        ("try X of 1 -> ok catch _:_ -> ok end, X#item.price, g(X)", set()),
        ("try Y = [] of _ when length(Y) > 0 -> g(X) end, h(X)", set()),
        ("receive a -> exit(X) after 1 -> case X of 1 -> ok end end, X#item.price, g(X)", set()),
        ("case catch [] of {_, _} -> g(X); _ -> h(X) end", {"h"}),
        ("case catch h(X) of {_, _} -> g(X); _ -> ok end", {"g", "h"}),
        ("case ?UNKNOWN of {a, _} -> ok end, g(X)", set()),
        ("case ?UNKNOWN of a -> ok; _ -> ok end, g(X)", {"g"}),
        ("try X andalso other:h() after length(X) end, g(X)", set()),
        ("try other:h() of _ when is_list(X) -> ok catch _:_ -> exit(X) end, X + 1, g(X)", set()),
        ("case not X of _ -> ok end, X + 1, g(X)", set()),
        ("[1 || a <- hd(X), X], X#item.price, g(X)", set()),
        ("[g(X) || a <- if not is_pid(X) -> exit(X); true -> X end], h(X)", set()),
    ],
)
def test_branches(body: str, found: set[str]) -> None:
    assert set(calls(body)) == found
