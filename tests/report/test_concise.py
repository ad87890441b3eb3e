"""One line each."""

from __future__ import annotations

from hypothesis import given

from relupc.model.diagnostic import Diagnostic
from relupc.report import Style
from relupc.report.concise import concise
from tests.report.cases import CASES, linted, report
from tests.report.test_full import diagnostics


def test_quiet() -> None:
    assert concise(CASES["lint"], Style(quiet=1)) == concise(CASES["lint"], Style())
    assert concise(CASES["lint"], Style(quiet=2)) == ""


def test_statistics() -> None:
    assert concise(report(*linted(), *linted()[:1]), Style(statistics=True)) == (
        "    1  A004  downgrade-entry-missing  warning   -\n"
        "    1  A101  unknown-instruction      error     1 safe\n"
        "    1  A306  downgrade-not-mirrored   warning   -\n"
        "    1  T010  unused-suppression       warning   1 safe\n"
    )


@given(diagnostics())
def test_any_text_is_one_safe_line(d: Diagnostic) -> None:
    text = concise(report(d), Style())
    assert text.endswith("\n")
    assert text[:-1].isprintable()
