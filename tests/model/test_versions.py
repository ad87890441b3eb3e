from __future__ import annotations

import pytest

from relupc.model.versions import compared


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("1.0", "1.0", 0),
        ("", "", 0),
        ("1.9", "1.10", -1),
        ("2", "1.99.99", 1),
        ("1.0", "1.0.1", -1),
        ("2024.01.05", "2024.1.4", 1),
        ("1.1-rc.1", "1.0", 1),
        ("1.0+b7", "1.1", -1),
        ("1.0", "1.0.0", None),
        ("1.0-rc.1", "1.0", None),
        ("1.0-rc.1", "1.0-rc.2", None),
        ("R13B", "R14", None),
        ("1.0", "master", None),
        ("", "1", None),
        ("9" * 9000, "1" + "0" * 9000, -1),
    ],
)
def test_which_is_newer(one: str, other: str, order: int | None) -> None:
    assert compared(one, other) == order
    assert compared(other, one) == (None if order is None else -order)
