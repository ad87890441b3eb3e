"""A run in, the document of docs/report.schema.json out: version 1, one object, ASCII, keys in a fixed order."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from relupc.model.diagnostic import SEVERITIES, Diagnostic, ordered
from relupc.model.fingerprint import fingerprints
from relupc.model.source import Span
from relupc.report import Report, Style

CODE_PAGES = "https://relupc.example/codes/"
_SURROGATE = re.compile("[\ud800-\udfff]")


def json_document(report: Report, _style: Style) -> str:
    """The document, with a newline at its end. Every diagnostic is in it, those that differ only in subject too."""
    found = ordered(report.diagnostics)
    counts = Counter(d.severity for d in found if d.suppressed is None)
    suppressed = sum(d.suppressed is not None for d in found)
    document = {
        "version": 1,
        "tool": {"name": "relupc", "version": report.version},
        "summary": {
            **{str(s): counts[s] for s in SEVERITIES},
            "suppressed": suppressed,
            "files": len(report.files),
        },
        "skipped": [{"codes": list(codes), "needs": need} for need, codes in report.skipped.items()],
        "diagnostics": diagnostics_of(found),
    }
    return json_text(document)


def diagnostics_of(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Each diagnostic as all documents have it, in the order of reports."""
    found = ordered(diagnostics)
    terms = {id(d.otp.reason): d.otp for d in found if d.otp}
    texts = {key: otp.term for key, otp in terms.items()}  # many diagnostics share one long term
    return [_diagnostic(d, texts, mark) for d, mark in zip(found, fingerprints(found), strict=True)]


def json_text(document: Any) -> str:
    """JSON in ASCII with a newline at its end. Half surrogates are spelled out: many readers refuse them."""
    return json.dumps(sound(document), indent=2) + "\n"


def _diagnostic(d: Diagnostic, texts: dict[int, str], fingerprint: str) -> dict[str, Any]:
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
        "fingerprint": fingerprint,
        "suppressed": d.suppressed,
    }


def _location(span: Span) -> dict[str, Any]:
    line, column, end_line, end_column = span.extent
    start, end = _point(line, column, span.start), _point(end_line, end_column, span.end)
    return {"path": span.source.path, "start": start, "end": end}


def _point(line: int, column: int, offset: int) -> dict[str, int]:
    return {"line": line, "column": column, "offset": offset}


def _start_of(path: str | None) -> dict[str, Any] | None:
    """Where a file begins, for what is said of a file without a text to mark."""
    start = _point(1, 1, 0)
    return None if path is None else {"path": path, "start": start, "end": start}


def sound(value: Any) -> Any:
    """The value with half surrogates spelled out."""
    match value:
        case str():
            return _SURROGATE.sub(lambda half: f"\\x{{{ord(half[0]):X}}}", value)
        case list():
            return [sound(item) for item in value]
        case dict():
            return {key: sound(item) for key, item in value.items()}
    return value
