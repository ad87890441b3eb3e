from __future__ import annotations

import pytest

from tests.analyse.erl.test_least import calls


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
    ],
)
def test_calls_and_operators(body: str, found: set[str]) -> None:
    assert set(calls(body)) == found
