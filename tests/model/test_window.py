from __future__ import annotations

import pytest

from relupc.model.diagnostic import Direction
from relupc.model.window import Window


@pytest.mark.parametrize(("direction", "newer"), [("up", "new"), ("down", "old")])
def test_which_code_is_the_newer_one(direction: Direction, newer: str) -> None:
    """On the way down the code that comes is the older one."""
    windows = [Window("cart", "price", needs, (), suspends=False, both=False) for needs in ("new", "old")]
    assert [window.needs for window in windows if window.is_newer(direction)] == [newer]
