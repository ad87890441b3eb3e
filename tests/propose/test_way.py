"""relupc.propose.way."""

from __future__ import annotations

from tests.propose.ways import way


def test_both_ways() -> None:
    old, new = {"shop_tax": "f() -> 1.\n"}, {"shop_gift": "f() -> 1.\n"}
    up, down = way(old, new), way(old, new, "down")
    assert (up.newer, up.older) == (up.post, up.pre)
    assert (down.newer, down.older) == (down.pre, down.post)
    assert [(one.module, one.kind) for one in up.changes] == [("shop_gift", "added"), ("shop_tax", "removed")]
    assert [(one.module, one.kind) for one in down.changes] == [("shop_gift", "removed"), ("shop_tax", "added")]
