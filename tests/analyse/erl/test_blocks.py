from __future__ import annotations

import pytest

from relupc.analyse.erl.blocks import function
from relupc.analyse.erl.syntax import NotReadError
from relupc.analyse.erl.tokens import forms


def kinds(source: str) -> list[str]:
    """What the bodies of a function's clauses are."""
    _, clauses = function(next(forms(source)))
    return [expr.kind for clause in clauses for expr in clause.body]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f() -> begin a, b end.\n", ["begin"]),
        ("f(X) -> case X of 1 when X > 0; true -> a; _ -> b end.\n", ["case"]),
        ("f(X) -> if X > 1 -> a; true -> b end, c.\n", ["if", "value"]),
        ("f() -> receive {a, B} -> B; stop -> ok after 10 -> late end.\n", ["receive"]),
        ("f() -> receive after infinity -> ok end.\n", ["receive"]),
        ("f() -> try g() of A -> A catch error:R:S -> {R, S}; _ -> x after h() end.\n", ["try"]),
        ("f() -> maybe {ok, A} ?= g(), A else _ -> b end.\n", ["maybe"]),
        ("f() -> {maybe, maybe}.\n", ["tuple"]),
        ("f() -> fun(X) -> X; (Y) when Y > 1 -> Y end.\n", ["fun"]),
        ("f() -> fun Loop(0) -> ok; Loop(N) -> Loop(N - 1) end.\n", ["fun"]),
        ("f() -> fun g/1.\n", ["local_fun"]),
        ("f() -> fun m:g/1.\n", ["external_fun"]),
        ("f(M) -> fun M:g/1.\n", ["opaque"]),
        ("f(0) -> a; f(N) when N > 1 -> b.\n", ["value", "value"]),
    ],
)
def test_function(source: str, expected: list[str]) -> None:
    assert kinds(source) == expected


@pytest.mark.parametrize(
    "source",
    ["f() -> case X of end.\n", "f() -> a; g() -> b.\n", "f() -> fun.\n", "X() -> a.\n", "f(1) -> a; f() -> b.\n"],
)
def test_not_read(source: str) -> None:
    with pytest.raises(NotReadError):
        function(next(forms(source)))
