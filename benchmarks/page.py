"""Measured rows in, a table, JSON and the section of docs/performance.md out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmarks.measure import Cost

HEADING = "## Figures"
COLUMNS = ("work", "relupc CPU", "peer CPU", "ratio", "at most", "aim", "relupc wall", "peer wall", "relupc MB",
           "peer MB", "runs")  # fmt: skip


class Result(NamedTuple):
    """A row as measured. Without a peer it is about memory, and its limits are MB."""

    work: str
    ours: Cost
    peer: Cost | None
    most: float | None
    aim: float | None
    runs: int

    @property
    def figure(self) -> float:
        """What is held against the limits: a ratio of CPU times, or MB."""
        return self.ours.cpu / self.peer.cpu if self.peer else self.ours.memory


def cells(result: Result) -> tuple[str, ...]:
    """The cells of a row, by COLUMNS. A figure above its limit has a mark."""
    ours, peer = result.ours, result.peer
    show = _ratio if peer else _memory
    mark = " (!)" if result.most is not None and result.figure > result.most else ""
    limits = ("-" if limit is None else show(limit) for limit in (result.most, result.aim))
    walls = (_seconds(ours.wall), _seconds(peer.wall) if peer else "-")
    memory = (f"{ours.memory:.0f}", f"{peer.memory:.0f}" if peer else "-")
    figures = (_seconds(ours.cpu), _seconds(peer.cpu) if peer else "-", show(result.figure) + mark)
    return (result.work, *figures, *limits, *walls, *memory, str(result.runs))


def table(results: Sequence[Result]) -> str:
    """The rows as a Markdown table."""
    lines = [COLUMNS, ("---", *["---:"] * (len(COLUMNS) - 1)), *map(cells, results)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def section(machine: Mapping[str, str], results: Sequence[Result]) -> str:
    """The section of the page that holds the figures."""
    described = "".join(f"- {name}: {words}\n" for name, words in machine.items())
    return f"{HEADING}\n\nWritten by `make bench`.\n\n{described}\n{table(results)}"


def with_section(page: str, new: str) -> str:
    """The page with this section instead of the one that is there, up to the next heading."""
    found = re.search(rf"^{HEADING}\n.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"the page has no heading {HEADING}"
    end = page[found.end() :]
    return page[: found.start()] + new + ("\n" if end else "") + end


def as_json(machine: Mapping[str, str], results: Sequence[Result]) -> str:
    """All of it for programs: seconds and MB."""
    rows = [
        {
            "work": result.work,
            "relupc": result.ours._asdict(),
            "peer": result.peer._asdict() if result.peer else None,
            "figure": result.figure,
            "at_most": result.most,
            "aim": result.aim,
            "runs": result.runs,
        }
        for result in results
    ]
    return json.dumps({"version": 1, "machine": dict(machine), "rows": rows}, indent=1) + "\n"


def _seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s" if value < 100 else f"{value:.0f} s"


def _ratio(value: float) -> str:
    return f"{value:.2g}" if value >= 0.1 else f"1/{1 / value:.0f}"


def _memory(value: float) -> str:
    return f"{value:.0f} MB"
