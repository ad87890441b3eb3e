"""JUnit XML."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from relupc.model.diagnostic import Diagnostic
from relupc.report import Report, Style, shown
from relupc.report.junit import junit
from tests.report.cases import CASES, report
from tests.report.test_full import diagnostics


def suites(there: Report) -> dict[str, list[ET.Element]]:
    """The cases of each suite; all counts must be right."""
    root = ET.fromstring(junit(there, Style()))
    found = {suite.attrib["name"]: list(suite) for suite in root}
    assert root.tag == "testsuites"
    for element in (root, *root):
        assert int(element.attrib["tests"]) == len(list(element.iter("testcase")))
        assert int(element.attrib["failures"]) == len(list(element.iter("failure")))
    return found


@pytest.mark.parametrize("case", CASES)
def test_a_failure_for_each_that_is_shown(case: str) -> None:
    found = suites(CASES[case])
    failures = [test.attrib["name"].split()[0] for tests in found.values() for test in tests if list(test)]
    assert sorted(failures) == sorted(d.code.code for d in shown(CASES[case]))
    assert list(found) == sorted(found)


def test_a_clean_file_passes() -> None:
    found = suites(replace(CASES["lint"], files=("apps/shop/src/shop.appup", "clean.appup")))
    assert {name: len(tests) for name, tests in found.items()} == {
        "back end/apps/shop/src/shop.appup": 4,
        "back end/clean.appup": 1,
    }
    (passing,) = found["back end/clean.appup"]
    assert not list(passing)


def test_what_a_failure_says() -> None:
    test = suites(CASES["lint"])["back end/apps/shop/src/shop.appup"][0]
    (failure,) = test
    assert test.attrib["name"] == "A101 unknown-instruction at 7:5"
    assert failure.attrib == {
        "type": "error",
        "message": "bad instruction: `supervisor` takes no dependency list",
    }
    assert (failure.text or "").splitlines()[1] == "help: write `{update, shop_sup, supervisor}`"


@given(diagnostics())
def test_any_text_is_well_formed(d: Diagnostic) -> None:
    text = junit(report(d), Style())
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    assert sum(map(len, suites(report(d)).values())) == 1
