from __future__ import annotations

from tests.cases import FIXTURES, compare
from tests.validate.world import answer


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "validate" / "applications.txt", answer, refresh)
