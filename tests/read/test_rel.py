from __future__ import annotations

from tests.cases import FIXTURES, compare
from tests.read.facts import rel_facts


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "read" / "rel.txt", rel_facts, refresh)
