"""The formats, and what they have in common: every one of them gets every case."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from relupc.model.diagnostic import ordered
from relupc.report import FORMATS, Report, Style, distinct, shown
from tests.report.cases import CASES, FOLDER, linted, report, same_again, suppressed

EXPECTED = {
    "full": "expected.full.txt",
    "concise": "expected.concise.txt",
    "json": "expected.json",
    "sarif": "expected.sarif",
    "github": "expected.github.txt",
    "gitlab": "expected.gitlab.json",
    "junit": "expected.junit.xml",
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_fixture(case: str, name: str, refresh: bool) -> None:
    expected = FOLDER / case / EXPECTED[name]
    text = FORMATS[name](CASES[case], Style())
    if refresh:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(text, "utf-8", newline="\n")
    assert text == expected.read_text("utf-8")
    assert "\x1b" not in text
    assert text.endswith("\n") or not text


def test_every_folder_has_a_case() -> None:
    assert {folder.name for folder in FOLDER.iterdir()} == {*CASES, "tables"}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_the_order_found_does_not_matter(case: str, name: str) -> None:
    there = CASES[case]
    other = replace(there, diagnostics=there.diagnostics[::-1])
    assert FORMATS[name](other, Style()) == FORMATS[name](there, Style())


@pytest.mark.parametrize("name", FORMATS)
def test_format_is_the_one_of_its_file(name: str) -> None:
    module = __import__(f"relupc.report.{name}", fromlist=["x"])
    function = module.json_document if name == "json" else getattr(module, name)
    assert FORMATS[name](CASES["lint"], Style()) == function(CASES["lint"], Style())


def test_formats_are_imported_when_used() -> None:
    code = "import sys, relupc.report; print([m for m in sys.modules if m.startswith('relupc.report.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_sorted_by_place() -> None:
    assert [d.code.code for d in ordered(linted())] == ["A101", "A004", "A306", "T010"]


def test_what_differs_in_subject_only_is_said_once() -> None:
    assert len(ordered(same_again())) == 4
    assert [d.subject.direction for d in distinct(same_again())] == ["down"]
    assert len(distinct((*linted(), *linted()))) == 4


def test_what_is_suppressed_is_not_shown() -> None:
    assert [d.code.code for d in shown(report(*suppressed()))] == ["T010"]


def test_one_that_is_suppressed_hides_no_other() -> None:
    first, second = same_again()[:2]
    there: Report = report(replace(first, suppressed="baseline"), second)
    assert shown(there) == [second]
