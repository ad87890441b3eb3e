from __future__ import annotations

from dataclasses import replace

from relupc.model.outcome import Compiled, Outcome
from relupc.model.plan import Relup, plan_of
from relupc.model.term import List
from tests.builds import sorted_release

TOP, BASE, OLDER = (sorted_release(vsn, "13", List(())) for vsn in ("2.0", "1.0", "0.9"))
UP = plan_of("up", TOP, BASE, (), (), List(()))
DOWN = replace(UP, direction="down")


def test_plans() -> None:
    assert Compiled(Relup("2.0", (UP,), (DOWN,)), "", (), 25).plans == (UP, DOWN)


def test_headline() -> None:
    assert Outcome(()).headline == ""
    assert Outcome((), releases=(TOP,)).headline == ""
    assert Outcome((), releases=(TOP, BASE, OLDER)).headline == "node 1.0, 0.9 -> 2.0   (1.0.rel, 0.9.rel -> 2.0.rel)"
    compiled = Compiled(Relup("2.0", (UP,), ()), "", (), 27)
    assert Outcome((), compiled, None, (TOP, BASE), otp=27).headline == "node 1.0 -> 2.0   (1.0.rel -> 2.0.rel, OTP 27)"
