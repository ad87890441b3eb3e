"""The document, its schema and its fingerprints."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from relupc.model.diagnostic import Diagnostic
from relupc.model.source import Span
from relupc.report import Style
from relupc.report.json import json_document
from tests.report.cases import CASES, report, same_again, unknown_module
from tests.report.test_full import diagnostics

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text("utf-8"))


def validated(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return document


def test_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("case", CASES)
def test_every_diagnostic_is_in_it(case: str) -> None:
    assert len(validated(json_document(CASES[case], Style()))["diagnostics"]) == len(CASES[case].diagnostics)


def test_places() -> None:
    (found,) = validated(json_document(report(unknown_module()), Style()))["diagnostics"]
    assert found["location"]["start"] == {"line": 6, "column": 42, "offset": 178}
    assert found["location"]["end"] == {"line": 6, "column": 54, "offset": 190}
    assert found["fix"]["edits"] == [{"location": found["location"], "text": "shop_price"}]
    assert found["otp"] == {"class": "systools_rc/undef_module", "term": "{undef_module,shop_pricing}"}
    places = [d["location"] for d in validated(json_document(CASES["no-place"], Style()))["diagnostics"]]
    start = {"line": 1, "column": 1, "offset": 0}
    starts = [{"path": path, "start": start, "end": start} for path in ("a.appup", "b.rel", "rel/a b/shop 1.4.0.rel")]
    assert places == [None, None, *starts]


def test_what_is_suppressed_is_in_it() -> None:
    document = validated(json_document(CASES["suppressed"], Style()))
    kinds = [(d["code"], d["suppressed"]) for d in document["diagnostics"]]
    assert kinds == [("A101", "baseline"), ("A004", "config"), ("A306", "comment"), ("T010", None)]
    assert document["summary"] == {"error": 0, "warning": 1, "note": 0, "suppressed": 3, "files": 1}


def test_what_was_skipped() -> None:
    document = validated(json_document(CASES["lint"], Style()))
    assert document["skipped"] == [
        {"codes": ["A102"], "needs": "app"},
        {"codes": ["A302", "A303", "R019"], "needs": "builds"},
    ]


def test_the_same_for_every_order() -> None:
    assert json_document(report(*reversed(same_again())), Style()) == json_document(report(*same_again()), Style())


@given(diagnostics())
def test_any_text_is_ascii_and_valid(d: Diagnostic) -> None:
    text = json_document(report(d), Style())
    assert text.endswith("}\n")
    assert text.replace("\n", "").isprintable()
    assert text.isascii()
    validated(text)
    json.loads(text)["diagnostics"][0]["message"].encode("utf-8")  # fails if half a surrogate is left


@given(diagnostics())
def test_end_is_just_past_the_last_character(d: Diagnostic) -> None:
    for label in d.labels:
        source, end = label.span.source, min(label.span.end, len(label.span.source.text))
        moved = replace(d, span=Span(source, min(label.span.start, end), end))
        location = json.loads(json_document(report(moved), Style()))["diagnostics"][0]["location"]
        assert (location["end"]["line"], location["end"]["column"]) == source.line_col(end)
