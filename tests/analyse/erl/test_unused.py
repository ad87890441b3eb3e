from __future__ import annotations

import pytest

from relupc.analyse.erl.blocks import function
from relupc.analyse.erl.tokens import forms
from relupc.analyse.erl.unused import unused


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("fun g/0, ok", 1),
        ("{fun g/0, fun() -> 1 end}, ok", 2),
        ("X = fun g/0, ok", 1),
        ("X = fun g/0, X", 0),
        ("case Y of 1 -> fun g/0; _ -> fun() -> 2 end end, ok", 2),
        ("receive Y -> fun g/0 after 1 -> fun g/0 end, ok", 2),
        ("try g() of _ -> fun g/0 catch _:_ -> fun g/0 after fun g/0 end, ok", 3),
        ("put(k, fun g/0), ok", 0),
        ("[fun g/0 || _ <- Y], ok", 1),
        ("[ok || _ <- put(k, fun g/0)], ok", 0),
        ("(catch fun g/0), ok", 1),
        ("(fun(_) -> fun g/0 end)(Y), ok", 1),
        ("(fun(_) -> fun g/0 end)(Y)", 0),
        ("fun() -> fun g/0 end", 0),
        ("fun g/0", 0),
    ],
)
def test_funs_that_nobody_gets(body: str, count: int) -> None:
    _, clauses = function(next(forms(f"f(Y) -> {body}.\n")))
    assert len(list(unused(clauses))) == count
