from __future__ import annotations

from relupc.api.found import Found


def test_each_run_gathers_its_own() -> None:
    one, other = Found(), Found()
    one.values.append("value")
    one.files.append("file")
    assert (other.values, other.files, other.headlines, other.problems.found) == ([], [], [], [])
