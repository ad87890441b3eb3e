"""The formats of a plan: name -> its function. A format's module is imported when it is first used."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from relupc.model.timeline import Planned
from relupc.report import Style

#: Formats that a report of problems may follow: the others are for programs.
FOR_READERS = ("table", "timeline")
_DRAWN = {
    "table": "plan_table",
    "timeline": "plan_timeline",
    "svg": "plan_svg",
    "html": "plan_html",
    "mermaid": "plan_graph",
    "dot": "plan_graph",
}


def drawn(name: str, planned: Planned, style: Style, *, verbose: bool) -> str:
    """A plan in one of the formats that are drawn: all but `term` and `json`."""
    module = importlib.import_module(f"relupc.report.{_DRAWN[name]}")
    draw: Callable[..., str] = getattr(module, f"plan_{name}")
    return draw(planned, style, verbose=verbose)
