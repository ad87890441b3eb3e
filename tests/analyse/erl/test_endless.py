from __future__ import annotations

import pytest

from relupc.analyse.erl.blocks import function
from relupc.analyse.erl.endless import endless_of
from relupc.analyse.erl.lowered import Lowering
from relupc.analyse.erl.tokens import forms
from relupc.model.beam import FA

REST = "g() -> 1.\nspin() -> spin().\nstop() -> exit(done).\n"
NAMES = {FA(name, 0) for name in ("f", "g", "spin", "stop")}


def is_endless(body: str) -> bool:
    read = dict(function(form) for form in forms(f"f() -> {body}.\n{REST}"))
    lowering = Lowering(NAMES, {})
    return FA("f", 0) in endless_of({FA(name, 0): lowering.clauses(clauses) for name, clauses in read.items()})


@pytest.mark.parametrize(
    "body",
    [
        *("spin()", "stop(), g()", "exit(x)", "erlang:error(x)", "X = spin()", "begin spin(), ok end", "{spin(), g()}"),
        *("case spin() of ok -> g() end", "case g() of 1 -> spin(); _ -> stop() end", "if true -> spin() end"),
        *(
            "receive stop -> spin() end",
            "receive stop -> spin() after 10 -> stop() end",
            "receive after infinity -> 1 end",
        ),
        *("try spin() catch _:_ -> stop() end", "try g() after spin() end", "[spin() | g()]", "1 + spin()"),
    ],
)
def test_without_an_end(body: str) -> None:
    assert is_endless(body)


@pytest.mark.parametrize(
    "body",
    [
        *("g()", "case g() of 1 -> spin(); _ -> ok end", "receive stop -> ok; _ -> spin() end", "catch exit(x)"),
        *("receive stop -> spin() after 10 -> ok end", "try spin() catch _:_ -> ok end", "spawn(fun() -> spin() end)"),
        *("spawn(fun spin/0)", "other:exit(x)", "[spin() || _ <- g()]"),
    ],
)
def test_that_may_come_to_its_end(body: str) -> None:
    assert not is_endless(body)
