"""A run in, a SARIF 2.1.0 log out, as GitHub's code scanning and other viewers read it.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/ says what a field means.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from relupc.model.diagnostic import Code, Diagnostic, Fix, Suppressed, ordered
from relupc.model.fingerprint import fingerprints
from relupc.model.source import Span
from relupc.report import Report, Style, distinct
from relupc.report.json import CODE_PAGES, json_text
from relupc.report.place import from_root

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"  # what viewers call the folder of the repository


def sarif(report: Report, _style: Style) -> str:
    """The log, with a newline at its end: one run, with what is suppressed too."""
    found = ordered(report.diagnostics)
    marks = dict(zip(map(id, found), fingerprints(found), strict=True))
    said = distinct(found)
    codes = sorted({d.code for d in said}, key=lambda code: code.code)
    driver = {"name": "relupc", "version": report.version, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder of the repository."}}},
        "results": [_result(report, d, codes.index(d.code), marks[id(d)]) for d in said],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: Code) -> dict[str, Any]:
    return {
        "id": code.code,
        "name": code.name,
        "shortDescription": {"text": code.title},
        "help": {"text": f"Run `relupc explain {code.code}`."},
        "helpUri": f"{CODE_PAGES}{code.code}",
        "defaultConfiguration": {"level": code.severity},
    }


def _result(report: Report, d: Diagnostic, rule: int, fingerprint: str) -> dict[str, Any]:
    result = {
        "ruleId": d.code.code,
        "ruleIndex": rule,
        "level": d.severity,
        "message": {"text": "\n".join(filter(None, (d.message, d.help)))},
        "locations": [] if d.file is None else [{"physicalLocation": _physical(report, d.span, d.file)}],
        "partialFingerprints": {"relupc/v1": fingerprint},
        "suppressions": _suppressions(d.suppressed),  # either all results of a run have them or none
    }
    if d.labels:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _physical(report, label.span, label.span.source.path),
                "message": {"text": label.text or d.code.title},
            }
            for number, label in enumerate(d.labels)
        ]
    if d.fix and d.fix.safe:
        result["fixes"] = [_fix(report, d.fix)]
    return result


def _physical(report: Report, span: Span | None, path: str) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(report, path)}
    if span:
        place["region"] = _region(span)
    return place


def _artifact(report: Report, path: str) -> dict[str, str]:
    """Relative to the repository; a file outside of it by its whole address."""
    place = from_root(report, path)
    address = quote(place, errors="surrogatepass")
    return {"uri": f"file://{address}"} if place.startswith("/") else {"uri": address, "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, int]:
    line, column, end_line, end_column = span.extent
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _suppressions(suppressed: Suppressed | None) -> list[dict[str, str]]:
    if suppressed is None:
        return []
    kind = "inSource" if suppressed == "comment" else "external"
    return [{"kind": kind, "status": "accepted", "justification": f"by {suppressed}"}]


def _fix(report: Report, fix: Fix) -> dict[str, Any]:
    """The edits, by file."""
    files: dict[str, list[tuple[Span, str]]] = {}
    for span, text in fix.edits:
        files.setdefault(span.source.path, []).append((span, text))
    changes = [
        {"artifactLocation": _artifact(report, path), "replacements": _replacements(edits)}
        for path, edits in files.items()
    ]
    return {"description": {"text": fix.title}, "artifactChanges": changes}


def _replacements(edits: Iterable[tuple[Span, str]]) -> list[dict[str, Any]]:
    return [{"deletedRegion": _region(span), "insertedContent": {"text": text}} for span, text in edits]
