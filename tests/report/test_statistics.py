from __future__ import annotations

from dataclasses import replace

from relupc.report.statistics import statistics
from tests.report.cases import linted, unknown_module


def test_a_line_for_each_code() -> None:
    found = [*linted(), *linted()[:1], replace(linted()[0], fix=None), replace(unknown_module(), severity="note")]
    assert statistics(found).splitlines() == [
        "count  code  name                        severity  fixable",
        "-----  ----  --------------------------  --------  --------",
        "    3  T010  unused-suppression          warning   2 safe",
        "    1  A004  downgrade-entry-missing     warning   -",
        "    1  A101  unknown-instruction         error     1 safe",
        "    1  A104  depmod-without-instruction  note      1 unsafe",
        "    1  A306  downgrade-not-mirrored      warning   -",
    ]


def test_both_kinds_of_fixes_and_no_heading() -> None:
    first = linted()[0]
    assert first.fix
    found = [first, replace(first, fix=replace(first.fix, safe=False))]
    assert statistics(found, head=False) == "    2  T010  unused-suppression  warning   1 safe, 1 unsafe"


def test_nothing() -> None:
    assert statistics([]) == ""
