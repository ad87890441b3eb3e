from __future__ import annotations

from relupc.plan.expand import expand
from tests.cases import FIXTURES, compare
from tests.plan.world import answer


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "plan" / "expand.txt", answer(expand), refresh)
