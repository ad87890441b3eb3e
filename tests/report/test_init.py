"""The formats, and what they have in common."""

from __future__ import annotations

import subprocess
import sys

import pytest

from relupc.report import FORMATS, Style, distinct, ordered
from tests.report.cases import CASES, linted, same_again


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
