"""The SARIF log, and its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from relupc.model.diagnostic import Diagnostic
from relupc.report import Report, Style, distinct
from relupc.report.json import json_document
from relupc.report.sarif import sarif
from tests.report.cases import APPUP, CASES, lint_report, one_note, report, unknown_module
from tests.report.test_full import diagnostics

SCHEMA = json.loads((Path(__file__).parents[2] / "fixtures" / "sarif" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)


def run_of(there: Report) -> dict[str, Any]:
    """The only run of the log, which must be valid."""
    text = sarif(there, Style())
    assert text.isascii()
    log = json.loads(text)
    VALIDATOR.validate(log)
    (run,) = log["runs"]
    found: dict[str, Any] = run
    return found


def test_schema_is_one_and_says_no() -> None:
    jsonschema.Draft4Validator.check_schema(SCHEMA)
    assert not VALIDATOR.is_valid({"version": "2.1.0", "runs": [{"results": []}]})
    log = json.loads(sarif(CASES["lint"], Style()))
    log["runs"][0]["results"][0]["level"] = "notice"
    assert not VALIDATOR.is_valid(log)


@pytest.mark.parametrize("case", CASES)
def test_every_case_is_valid(case: str) -> None:
    run = run_of(CASES[case])
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(set(rules))
    assert [r["ruleId"] for r in run["results"]] == [d.code.code for d in distinct(CASES[case].diagnostics)]
    assert all(rules[r["ruleIndex"]] == r["ruleId"] for r in run["results"])


def test_a_result() -> None:
    (result,) = run_of(lint_report(unknown_module()))["results"]
    assert result["message"]["text"].endswith("about `shop_pricing`\ndid you mean `shop_price` (line 5)?")
    assert result["level"] == "error"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "back%20end/apps/shop/src/shop.appup", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 6, "startColumn": 42, "endLine": 6, "endColumn": 54},
            }
        }
    ]
    assert "fixes" not in result, "it is not safe"
    assert run_of(report(one_note()))["results"][0]["level"] == "note"


def test_safe_fixes() -> None:
    result = run_of(CASES["lint"])["results"][0]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == f"back%20end/{APPUP}"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 7, "startColumn": 34, "endLine": 7, "endColumn": 38},
            "insertedContent": {"text": ""},
        }
    ]


def test_labels_are_related_locations() -> None:
    (related,) = run_of(CASES["lint"])["results"][2]["relatedLocations"]
    assert related["message"]["text"] == "going up, its state is converted"
    assert related["physicalLocation"]["region"]["startLine"] == 6


def test_all_results_say_whether_they_are_suppressed() -> None:
    found = {r["ruleId"]: r["suppressions"] for r in run_of(CASES["suppressed"])["results"]}
    assert {code: [s["kind"] for s in said] for code, said in found.items()} == {
        "A101": ["external"],
        "A004": ["external"],
        "A306": ["inSource"],
        "T010": [],
    }


def test_the_fingerprint_is_that_of_json() -> None:
    found = json.loads(json_document(CASES["lint"], Style()))["diagnostics"]
    results = run_of(CASES["lint"])["results"]
    assert [r["partialFingerprints"] for r in results] == [{"relupc/v1": d["fingerprint"]} for d in found]


def test_outside_of_the_repository() -> None:
    there = Report("lint", (one_note(),), (), root="/repo/x", folder="/repo")
    (location,) = run_of(there)["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "file:///repo/rel%20dir/shop%201.4.0.rel"}


@given(diagnostics())
def test_any_text_is_valid(d: Diagnostic) -> None:
    assert len(run_of(report(d))["results"]) == 1
