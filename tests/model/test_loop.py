from __future__ import annotations

import pytest

from tests.loops import loop


@pytest.mark.parametrize("reason", ["bounded", "reply", "deadline"])
def test_what_ends_by_itself(reason: str) -> None:
    assert not loop().ends
    assert loop(**{reason: True}).ends


def test_what_does_not() -> None:
    assert not loop(system=True, endless=True, inner=True).ends
