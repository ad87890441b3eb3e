"""The code quality report."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from relupc.model.diagnostic import Diagnostic
from relupc.report import Report, Style, shown
from relupc.report.gitlab import gitlab
from relupc.report.json import json_document
from tests.report.cases import CASES, lint_report, linted, one_note, report
from tests.report.test_full import diagnostics

# What GitLab's documentation asks for.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {"type": "object", "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}


def issues(there: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(gitlab(there, Style()))
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return found


@pytest.mark.parametrize("case", CASES)
def test_what_is_shown_and_nothing_else(case: str) -> None:
    found = issues(CASES[case])
    assert [issue["check_name"] for issue in found] == [d.code.code for d in shown(CASES[case])]
    assert len({issue["fingerprint"] for issue in found}) == len(found)


def test_severities() -> None:
    found = issues(lint_report(*linted(), one_note()))
    assert [issue["severity"] for issue in found] == ["major", "minor", "minor", "minor", "info"]


def test_the_fingerprint_is_that_of_json() -> None:
    found = json.loads(json_document(CASES["suppressed"], Style()))["diagnostics"]
    assert [i["fingerprint"] for i in issues(CASES["suppressed"])] == [
        d["fingerprint"] for d in found if d["suppressed"] is None
    ]


@given(diagnostics())
def test_any_text_is_valid(d: Diagnostic) -> None:
    assert len(issues(report(d))) == 1
    assert gitlab(report(d), Style()).isascii()
