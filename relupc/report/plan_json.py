"""Timelines in, the document of docs/plan.schema.json out: version 1, one object, ASCII."""

from __future__ import annotations

import json
from typing import Any

from relupc.model.instruction import name_of
from relupc.model.layout import flat
from relupc.model.timeline import Cause, Event, Planned, Timeline, Verdict
from relupc.report.json import diagnostics_of, sound

_DEPTH = 4  # the document, its plans, a plan, its steps


def plan_document(planned: Planned, version: str, differences: list[dict[str, Any]] | None = None) -> str:
    """The document, with a newline at its end; with `differences` from another plan, where these were asked for."""
    document = {
        "version": 1,
        "tool": {"name": "relupc", "version": version},
        "verdict": planned.verdict,
        "plans": [_plan(timeline) for timeline in planned.timelines],
        "diagnostics": diagnostics_of(planned.diagnostics),
    }
    if differences is not None:
        document["differences"] = differences
    return _laid_out(sound(document), _DEPTH) + "\n"


def _laid_out(value: Any, depth: int, indent: str = "") -> str:
    """JSON in ASCII, with lines for what is outside: a step is one line, since plans have thousands of them."""
    inner = indent + "  "
    if not depth or not value or not isinstance(value, dict | list):
        return json.dumps(value)
    if isinstance(value, list):
        return "[\n" + ",\n".join(f"{inner}{_laid_out(item, depth - 1, inner)}" for item in value) + f"\n{indent}]"
    parts = (f"{inner}{json.dumps(key)}: {_laid_out(part, depth - 1, inner)}" for key, part in value.items())
    return "{\n" + ",\n".join(parts) + f"\n{indent}}}"


def _plan(timeline: Timeline) -> dict[str, Any]:
    return {
        "release": timeline.release or None,
        "direction": timeline.direction,
        "from": timeline.old,
        "to": timeline.new,
        "total": timeline.total,
        "point_of_no_return": timeline.point or None,
        "verdict": verdict(timeline.verdict),
        "applications": [{"name": app.name, "from": app.old, "to": app.new} for app in timeline.apps],
        "suspended": [{"module": one.module, "first": one.first, "last": one.last} for one in timeline.suspensions],
        "steps": [step(event) for event in timeline.events],
        "edges": [{"later": edge.later, "earlier": edge.earlier} for edge in timeline.edges],
        "circles": [list(circle) for circle in timeline.circles],
    }


def verdict(found: Verdict) -> dict[str, Any]:
    """A verdict and its reasons, as all documents have it."""
    reasons = [
        {"kind": reason.kind, "text": reason.text, "step": reason.step or None, "code": reason.code or None}
        for reason in found.reasons
    ]
    return {"name": found.name, "reasons": reasons}


def step(event: Event) -> dict[str, Any]:
    """A step, as all documents have it."""
    return {
        "n": event.n,
        "instruction": name_of(event.instruction) or "",
        "term": flat(event.instruction),
        "application": event.app or None,
        "modules": list(event.modules),
        "because": [_cause(cause) for cause in event.because],
    }


def _cause(cause: Cause) -> dict[str, Any]:
    if cause.source is None:
        return {"path": None, "line": None, "text": cause.words}
    return {"path": cause.source.path, "line": cause.line, "text": None}
