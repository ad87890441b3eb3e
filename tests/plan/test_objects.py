from __future__ import annotations

from relupc.plan.objects import objects
from tests.cases import FIXTURES, compare
from tests.plan.world import answer


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "plan" / "objects.txt", answer(objects), refresh)
