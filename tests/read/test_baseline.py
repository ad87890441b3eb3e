from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relupc.model.baseline import VERSION, Recorded
from relupc.model.diagnostic import Diagnostic
from relupc.read.baseline import read_baseline

ENTRY = {"fingerprint": "0123456789abcdef", "code": "A306", "path": "a.appup", "message": "x"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_baseline() -> None:
    Path("x.json").write_text(json.dumps({"version": VERSION, "findings": [ENTRY, {**ENTRY, "more": 1}]}))
    assert read_baseline("x.json") == (Recorded("a.appup", "A306", "0123456789abcdef", "x"),) * 2


BROKEN = {
    "": ("T013", "this baseline is no JSON from here on"),
    '{"version": 1,': ("T013", "this baseline is no JSON from here on"),
    "\ufeff{}": ("T013", "this baseline is no JSON from here on"),
    "[" * 100_000: ("T013", "this baseline is nested too deep, or has a number too big"),
    '{"version": ' + "9" * 5000 + "}": ("T013", "this baseline is nested too deep, or has a number too big"),
    "[]": ("T013", "this is no baseline; this relupc knows version 1"),
    "{}": ("T013", "this is no baseline; this relupc knows version 1"),
    '{"version": 2, "findings": []}': ("T013", "this baseline has version 2; this relupc knows version 1"),
    '{"version": true, "findings": []}': ("T013", "this baseline has version True; this relupc knows version 1"),
    '{"version": "1", "findings": []}': ("T013", "this baseline has version '1'; this relupc knows version 1"),
    '{"version": 1}': ("T013", "`findings` of this baseline is not what relupc writes"),
    '{"version": 1, "findings": {}}': ("T013", "`findings` of this baseline is not what relupc writes"),
    '{"version": 1, "findings": [1]}': ("T013", "finding 1 of this baseline is not what relupc writes"),
    json.dumps({"version": 1, "findings": [ENTRY, {**ENTRY, "code": 1}]}): (
        "T013",
        "finding 2 of this baseline is not what relupc writes",
    ),
    json.dumps({"version": 1, "findings": [{**ENTRY, "fingerprint": "0123"}]}): (
        "T013",
        "finding 1 of this baseline is not what relupc writes",
    ),
}


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_what_is_none(text: str) -> None:
    Path("x.json").write_text(text, "utf-8")
    found = read_baseline("x.json")
    assert isinstance(found, Diagnostic)
    assert (found.code.code, found.label) == BROKEN[text]
    assert found.place.startswith("x.json")
    assert found.help


def test_a_file_that_is_not_there() -> None:
    found = read_baseline("x.json")
    assert isinstance(found, Diagnostic)
    assert (found.code.code, found.path) == ("T003", "x.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([ENTRY, "version"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["version", "findings", *ENTRY]), inner)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON.map(json.dumps) | st.text(max_size=30) | JSON.map(lambda v: json.dumps({"version": 1, "findings": v})))
def test_any_text_is_a_baseline_or_a_diagnostic(text: str) -> None:
    Path("x.json").write_text(text, "utf-8", errors="replace")
    found = read_baseline("x.json")
    assert isinstance(found, Diagnostic) or all(isinstance(one, Recorded) for one in found)
