from __future__ import annotations

from tests.cases import FIXTURES, compare
from tests.read.facts import app_facts


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "read" / "app.txt", app_facts, refresh)
