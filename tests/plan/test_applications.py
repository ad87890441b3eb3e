from __future__ import annotations

from relupc.plan.applications import applications
from tests.cases import FIXTURES, compare
from tests.plan.world import answer


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "plan" / "applications.txt", answer(applications), refresh)
