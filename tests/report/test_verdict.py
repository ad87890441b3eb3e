"""The last lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relupc.model.codes import A302, T008
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.report import Report, shown
from relupc.report.verdict import many, verdict
from tests.report.cases import CASES, linted, one_note, suppressed, unknown_module

LINT = Report("lint", (), ("a", "b", "c"))
FAILS = "Failing because of: fail-on = warning."
APP, RELEASE, BUILDS = {"app": ("A102", "A116")}, {"release": ("R004",)}, {"builds": ("A302", "A303", "R019")}


def said(report: Report, quiet: bool = False) -> str:
    return verdict(report, shown(report), quiet=quiet)


def test_lint() -> None:
    assert said(CASES["lint"]) == (
        "4 rules were skipped: 1 needs the .app file, 3 compare two builds (--from OLD).\n"
        f"4 problems in 1 file: 1 error, 3 warnings; 2 can be fixed with --fix. {FAILS}"
    )


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ((one_note(),), "1 problem in 1 file: 1 note."),
        ((one_note(), *linted()[1:3]), "3 problems in 2 files: 2 warnings, 1 note."),
        ((T008.at(None, "x"),), "1 problem in the arguments: 1 error."),
        (
            (*linted(), unknown_module()),
            "5 problems in 1 file: 2 errors, 3 warnings; 2 can be fixed with --fix.",
        ),
        ((unknown_module(),), "1 problem in 1 file: 1 error."),
    ],
)
def test_problems(found: tuple[Diagnostic, ...], line: str) -> None:
    assert said(replace(LINT, diagnostics=found)) == line


def test_problems_of_two_releases() -> None:
    found = tuple(
        A302.at(None, f"{i}", path="x", subject=Subject(app)) for i, app in enumerate(("shop", "shop", "bar"))
    )
    there = replace(LINT, diagnostics=found, headline="shop 1 -> 2")
    assert said(there) == "3 problems in 2 applications: 3 errors."
    there = replace(there, diagnostics=(*found, A302.at(None, "of the release", path="x")))
    assert said(there) == "4 problems in 1 file: 4 errors."


@pytest.mark.parametrize(
    ("skipped", "line", "short"),
    [
        ({}, "", ""),
        (APP, "2 rules were skipped: they need the .app file.", "2 rules skipped: they need the .app file"),
        (RELEASE, "1 rule was skipped: it needs a release.", "1 rule skipped: it needs a release"),
        (
            BUILDS,
            "3 rules were skipped: they compare two builds (--from OLD).",
            "3 rules skipped: they compare two builds",
        ),
        (
            {**BUILDS, **RELEASE, **APP},
            "6 rules were skipped: 2 need the .app file, 1 a release, 3 compare two builds (--from OLD).",
            "6 rules skipped: 2 need the .app file, 1 a release, 3 compare two builds",
        ),
    ],
)
def test_skipped(skipped: dict[str, tuple[str, ...]], line: str, short: str) -> None:
    there = replace(LINT, diagnostics=(one_note(),), skipped=skipped)
    assert said(there).splitlines() == [*filter(None, [line]), "1 problem in 1 file: 1 note."]
    assert said(there, quiet=True) == "1 problem in 1 file: 1 note."
    clean = replace(LINT, skipped=skipped)
    assert said(clean) == "checked 3 files: no problems" + (f" ({short})" if short else "")
    assert said(clean, quiet=True) == ""


def test_suppressed() -> None:
    assert said(CASES["suppressed"]).splitlines()[1] == (
        "1 problem in 1 file: 1 warning; 1 can be fixed with --fix; 2 suppressed, 1 in the baseline. " + FAILS
    )
    assert said(replace(LINT, diagnostics=suppressed()[1:])) == (
        "checked 3 files: no problems (2 suppressed, 1 in the baseline)"
    )


def test_excluded() -> None:
    there = replace(LINT, files=(), excluded=("a", "b"), skipped=APP)
    assert said(there) == "checked 0 files: 2 are excluded by the configuration (--no-exclude)"
    assert said(replace(there, excluded=("a",))) == "checked 0 files: 1 is excluded by the configuration (--no-exclude)"
    assert said(replace(LINT, excluded=("a",))) == "checked 3 files: no problems (1 excluded)"
    there = replace(LINT, excluded=("a",), diagnostics=(one_note(),))
    assert said(there) == "1 problem in 1 file: 1 note; 1 excluded."


def test_compile() -> None:
    errors = replace(LINT, command="compile", diagnostics=(one_note(), unknown_module()))
    assert said(errors) == "1 error, 1 note. No relup written. More about one: relupc explain A104"
    assert said(replace(errors, diagnostics=(unknown_module(),))).endswith(". More about it: relupc explain A104")
    assert said(replace(errors, failing="fail-on = note")) == (
        "1 error, 1 note. No relup written. Failing because of: fail-on = note."
    )
    assert said(replace(errors, diagnostics=(one_note(),))) == "1 note."
    assert said(replace(errors, diagnostics=(), summary="a table")) == ""


def test_many() -> None:
    assert (many(1, "file"), many(2, "file"), many(0, "file")) == ("1 file", "2 files", "0 files")
