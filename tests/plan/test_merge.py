from __future__ import annotations

from relupc.plan.merge import merge
from tests.cases import FIXTURES, compare
from tests.plan.world import answer


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "plan" / "merge.txt", answer(merge), refresh)
