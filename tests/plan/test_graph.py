from __future__ import annotations

from relupc.plan.graph import graph
from tests.cases import FIXTURES, compare
from tests.plan.world import answer


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "plan" / "graph.txt", answer(graph), refresh)
