"""What benchmarks write: a table, JSON, and one section of a page."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.measure import Cost
from benchmarks.page import HEADING, Result, as_json, cells, section, table, with_section

FAST = Result("compile / make_relup", Cost(0.5, 0.6, 40.4), Cost(50, 53, 500), 1 / 30, 1 / 70, 3)
SLOW = FAST._replace(ours=Cost(2, 2, 40))
MEMORY = Result("peak memory", Cost(3, 3, 650), None, 1500, 700, 1)
MACHINE = {"processor": "2 cores"}


def test_a_row_has_both_costs_and_their_ratio() -> None:
    assert cells(FAST) == (
        "compile / make_relup", "500 ms", "50.00 s", "1/100", "1/30", "1/70", "600 ms", "53.00 s", "40", "500", "3",
    )  # fmt: skip
    assert cells(FAST._replace(ours=Cost(20, 20, 40), most=None, aim=None))[3:6] == ("0.4", "-", "-")


def test_what_costs_too_much_has_a_mark() -> None:
    assert cells(SLOW)[3] == "1/25 (!)"
    assert cells(MEMORY)[3] == "650 MB"
    assert cells(MEMORY._replace(most=600))[3] == "650 MB (!)"
    assert cells(MEMORY)[2] == cells(MEMORY)[7] == cells(MEMORY)[9] == "-"


def test_the_table_is_markdown() -> None:
    lines = table([FAST, MEMORY]).splitlines()
    assert len(lines) == 4
    assert len({line.count("|") for line in lines}) == 1


def test_only_the_section_of_the_page_changes() -> None:
    page = f"# Speed\n\nbefore\n\n{HEADING}\n\nold\n\n## After\n\nafter\n"
    new = section(MACHINE, [FAST])
    done = with_section(page, new)
    assert done == f"# Speed\n\nbefore\n\n{new}\n## After\n\nafter\n"
    assert with_section(done, new) == done
    assert with_section(f"# Speed\n\n{HEADING}\nold\n", new) == f"# Speed\n\n{new}"
    assert "- processor: 2 cores\n" in new


def test_the_page_of_the_docs_has_the_section() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "performance.md").read_text("utf-8")
    assert section(MACHINE, [FAST]) in with_section(page, section(MACHINE, [FAST]))


def test_json_has_all_figures() -> None:
    found = json.loads(as_json(MACHINE, [SLOW, MEMORY]))
    assert found["machine"] == MACHINE
    assert found["rows"][0]["relupc"] == {"cpu": 2, "wall": 2, "memory": 40}
    assert [row["figure"] for row in found["rows"]] == [2 / 50, 650]
    assert found["rows"][1]["peer"] is None
