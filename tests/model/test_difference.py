"""What differences say of themselves."""

from __future__ import annotations

from relupc.model.difference import Difference
from tests.timelines import entry, way


def test_what_is_none() -> None:
    assert not Difference(way(), way()).is_one
    assert Difference(way(), None).is_one
    assert Difference(way(), way(), added=way().events[:1]).is_one


def test_another_verdict_is_one() -> None:
    assert Difference(entry("point_of_no_return"), entry("point_of_no_return, restart_emulator")).is_one


def test_what_stands_still() -> None:
    before, after = (entry(f"{{suspend, [{names}]}}, {{resume, [{names}]}}") for names in ("a, b", "b, c"))
    assert Difference(before, after).suspended == (("a",), ("c",))
    assert Difference(None, after).suspended == ((), ("b", "c"))
