"""A run in, the document of docs/report.schema.json out: version 1, one object, ASCII, keys in a fixed order."""

from __future__ import annotations

import json
import re
from collections import Counter
from hashlib import sha256
from typing import Any

from relupc.model.diagnostic import SEVERITIES, Diagnostic
from relupc.model.source import Span
from relupc.report import Report, Style, ordered

CODE_PAGES = "https://relupc.example/codes/"
_SURROGATE = re.compile("[\ud800-\udfff]")


def json_document(report: Report, _style: Style) -> str:
    """The document, with a newline at its end. Every diagnostic is in it, those that differ only in subject too."""
    found = ordered(report.diagnostics)
    counts = Counter(d.severity for d in found)
    twins: Counter[str] = Counter()
    terms = {id(d.otp.reason): d.otp for d in found if d.otp}
    texts = {key: otp.term for key, otp in terms.items()}  # many diagnostics share one long term
    document = {
        "version": 1,
        "tool": {"name": "relupc", "version": report.version},
        "summary": {**{str(s): counts[s] for s in SEVERITIES}, "suppressed": 0, "files": report.files},
        "skipped": [],
        "diagnostics": [_diagnostic(d, texts, twins) for d in found],
    }
    return json.dumps(_sound(document), indent=2) + "\n"


def fingerprint(d: Diagnostic, twins: Counter[str]) -> str:
    """16 hex digits that stay when lines move: of what is said of whom, and the marked text without white space.

    `twins` counts what came before: the second of two that are equal gets another fingerprint.
    """
    s = d.subject
    marked = "".join(d.span.text.split()) if d.span else ""
    key = "\0".join(part or "" for part in (d.code.code, s.app, s.direction, s.old, s.new, s.module, marked))
    twins[key] += 1
    if twins[key] > 1:
        key = f"{key}\0{twins[key]}"
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _diagnostic(d: Diagnostic, texts: dict[int, str], twins: Counter[str]) -> dict[str, Any]:
    s = d.subject
    subject = {"app": s.app, "module": s.module, "function": s.function}
    fix = d.fix and {
        "title": d.fix.title,
        "safe": d.fix.safe,
        "edits": [{"location": _location(span), "text": text} for span, text in d.fix.edits],
    }
    return {
        "code": d.code.code,
        "name": d.code.name,
        "severity": d.severity,
        "message": d.message,
        "location": _location(d.span) if d.span else _start_of(d.path),
        "labels": [{"location": _location(label.span), "text": label.text} for label in d.labels],
        "help": d.help,
        "notes": list(d.notes),
        "subject": {**subject, "direction": s.direction, "from": s.old, "to": s.new},
        "otp": d.otp and {"class": d.otp.error_class, "term": texts[id(d.otp.reason)]},
        "fix": fix,
        "url": f"{CODE_PAGES}{d.code.code}",
        "fingerprint": fingerprint(d, twins),
        "suppressed": None,
    }


def _location(span: Span) -> dict[str, Any]:
    line, column = span.source.line_col(span.start)
    inside = span.text  # counted from the start: to count twice from the file's beginning would take twice as long
    breaks = inside.count("\n")
    end_column = len(inside) - inside.rindex("\n") if breaks else column + len(inside)
    start, end = (line, column, span.start), (line + breaks, end_column, span.end)
    return {"path": span.source.path, "start": _point(*start), "end": _point(*end)}


def _point(line: int, column: int, offset: int) -> dict[str, int]:
    return {"line": line, "column": column, "offset": offset}


def _start_of(path: str | None) -> dict[str, Any] | None:
    """Where a file begins, for what is said of a file without a text to mark."""
    start = _point(1, 1, 0)
    return None if path is None else {"path": path, "start": start, "end": start}


def _sound(value: Any) -> Any:
    """The value with half surrogates spelled out: many readers of JSON refuse them, even escaped."""
    match value:
        case str():
            return _SURROGATE.sub(lambda half: f"\\x{{{ord(half[0]):X}}}", value)
        case list():
            return [_sound(item) for item in value]
        case dict():
            return {key: _sound(item) for key, item in value.items()}
    return value
