"""One line each."""

from __future__ import annotations

import pytest
from hypothesis import given

from relupc.model.diagnostic import Diagnostic
from relupc.report import Style
from relupc.report.concise import concise
from tests.report.cases import CASES, FOLDER, report
from tests.report.test_full import diagnostics


@pytest.mark.parametrize("case", CASES)
def test_fixture(case: str, refresh: bool) -> None:
    expected = FOLDER / case / "expected.concise.txt"
    text = concise(CASES[case], Style())
    if refresh:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(text, "utf-8", newline="\n")
    assert text == expected.read_text("utf-8")
    assert text.replace("\n", "").isprintable()


def test_quiet() -> None:
    assert concise(CASES["lint"], Style(quiet=1)) == concise(CASES["lint"], Style())
    assert concise(CASES["lint"], Style(quiet=2)) == ""


@given(diagnostics())
def test_any_text_is_one_safe_line(d: Diagnostic) -> None:
    text = concise(report(d), Style())
    assert text.endswith("\n")
    assert text[:-1].isprintable()
