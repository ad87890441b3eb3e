"""What timelines say of themselves."""

from __future__ import annotations

from relupc.model.timeline import VERDICTS, Planned
from tests.timelines import demo, entry, way


def test_headlines() -> None:
    assert way().headline == "shop 1.3.0 -> 1.4.0   up, 21 steps"
    assert entry("point_of_no_return").headline == "1 -> 2   up, 1 step"


def test_homes() -> None:
    assert way().homes["shop_legacy"] == "shop"
    assert way().homes["audit_log"] == "audit"


def test_the_worst_verdict_counts() -> None:
    assert demo().verdict == "hot"
    restart = entry("point_of_no_return, restart_emulator")
    assert Planned((way(), restart)).verdict == "restarts the emulator"
    assert Planned(()).verdict == "blocked"
    assert next(iter(VERDICTS)) == "hot"
