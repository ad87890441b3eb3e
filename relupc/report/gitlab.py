"""A run in, the list out that GitLab takes as a code quality report."""

from __future__ import annotations

from typing import Any

from relupc.model.diagnostic import Diagnostic, ordered
from relupc.model.fingerprint import fingerprints
from relupc.report import Report, Style, distinct
from relupc.report.json import json_text
from relupc.report.place import from_root

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def gitlab(report: Report, _style: Style) -> str:
    """The document, with a newline at its end. What is about no file is said of the repository as a whole."""
    found = ordered(report.diagnostics)
    marks = dict(zip(map(id, found), fingerprints(found), strict=True))
    return json_text([_issue(report, d, marks[id(d)]) for d in distinct(found) if d.suppressed is None])


def _issue(report: Report, d: Diagnostic, fingerprint: str) -> dict[str, Any]:
    line, _, end_line, _ = d.span.extent if d.span else (1, 1, 1, 1)
    return {
        "description": d.message,
        "check_name": d.code.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[d.severity],
        "location": {
            "path": "." if d.file is None else from_root(report, d.file),
            "lines": {"begin": line, "end": end_line},
        },
    }
