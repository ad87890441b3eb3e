from __future__ import annotations

from relupc.plan.lower import lower
from tests.cases import FIXTURES, compare
from tests.plan.world import answer


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "plan" / "lower.txt", answer(lower), refresh)
