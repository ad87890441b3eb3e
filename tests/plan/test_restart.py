from __future__ import annotations

from relupc.plan.restart import restart
from tests.cases import FIXTURES, compare
from tests.plan.world import answer


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "plan" / "restart.txt", answer(restart), refresh)
