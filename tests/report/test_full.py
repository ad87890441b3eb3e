"""Frames, and the last line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.model.codes import A101, A103, R118
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.source import Source, Span
from relupc.report import Report, Style
from relupc.report.full import MAX_LINES, full
from tests.report.cases import CASES, lint_report, linted, one_note, report, unknown_module


def test_order_found_does_not_matter() -> None:
    assert full(report(*reversed(linted())), Style()) == full(report(*linted()), Style())


def test_color_says_nothing_alone() -> None:
    text = full(report(unknown_module()), Style(color=True))
    assert text.splitlines()[2] == "\x1b[31merror[A104]\x1b[0m: \x1b[1munknown module in a dependency list\x1b[0m"
    for code in ("31", "1", "2", "0"):
        text = text.replace(f"\x1b[{code}m", "")
    assert text == full(report(unknown_module()), Style())


def test_color_of_a_hostile_text_is_ours() -> None:
    assert "\x1b[2J" not in full(CASES["hostile"], Style(color=True))


WARNING = R118.at(None, "twice", path="a.rel", severity="warning")
LAST = "\n2 errors, 3 warnings, 1 note. No relup written. More about one: relupc explain A101\n"
FILES = ("a", "b", "c")


@pytest.mark.parametrize(
    ("found", "summary", "failing", "last"),
    [
        ([], "", "", "checked 3 files: no problems\n"),
        ([], "a  b", "", "a  b\n"),
        ([WARNING], "a  b", "", "a  b\n1 warning.\n"),
        ([WARNING], "", "fail-on = warning", "\n1 warning. Failing because of: fail-on = warning.\n"),
        ([unknown_module()], "", "", "\n1 error. No relup written. More about it: relupc explain A104\n"),
        ([unknown_module(), *linted(), one_note()], "", "", LAST),
    ],
)
def test_last_line(found: list[Diagnostic], summary: str, failing: str, last: str) -> None:
    assert full(Report("compile", tuple(found), FILES, summary=summary, failing=failing), Style()).endswith(last)


def test_success_is_headline_and_tables() -> None:
    text = full(Report("compile", (), FILES, "shop 1 -> 2", summary="a  b\n-  -"), Style())
    assert text == "shop 1 -> 2\n\na  b\n-  -\n"


def test_tables_stand_before_what_was_found() -> None:
    text = full(Report("lint", (WARNING,), FILES, "shop 1 -> 2", "a  b\n-  -"), Style())
    assert text.startswith("shop 1 -> 2\n\na  b\n-  -\n\nwarning[R118]: ")


def test_quiet() -> None:
    done = Report("compile", (WARNING,), FILES, "shop 1 -> 2", summary="a  b\n-  -")
    assert full(done, Style(quiet=1)) == "warning[R118]: application in two places: twice\n --> a.rel\n\n1 warning.\n"
    assert full(replace(done, diagnostics=()), Style(quiet=1)) == ""
    assert full(done, Style(quiet=2)) == ""
    lint = CASES["lint"]
    assert full(lint, Style(quiet=1)) == full(replace(lint, skipped={}), Style())
    assert full(replace(lint, diagnostics=()), Style(quiet=1)) == ""


def test_without_frames() -> None:
    assert full(report(WARNING, headline=""), Style(max_frames=0)).startswith("a.rel: warning: twice [R118 ")


def test_only_the_first_have_frames() -> None:
    first, second, third, fourth, _, _ = full(CASES["lint"], Style(max_frames=2)).splitlines()[-6:]
    assert (first, fourth) == ("", "")
    assert second.startswith("apps/shop/src/shop.appup:11:5: warning: ")
    assert third.startswith("apps/shop/src/shop.appup:12:36: warning: ")


def test_statistics_instead_of_findings() -> None:
    head, *rest = full(CASES["lint"], Style(statistics=True)).split("\n\n")
    assert head.startswith("count  code ")
    assert rest == [full(CASES["lint"], Style()).split("\n\n")[-1]]


def test_several_headlines() -> None:
    assert full(report(headline="shop 1 -> 2\nshop 0 -> 2"), Style()).startswith("shop 1 -> 2\nshop 0 -> 2\n\n")


def test_only_lint_has_fixes() -> None:
    found = replace(unknown_module(), help=None)
    assert "= help: replace by `shop_price` [fix: unsafe]\n" in full(lint_report(found), Style())
    assert "fix" not in full(report(unknown_module()), Style())


def test_more_marks_on_a_line_stand_in_their_order() -> None:
    source = Source("x", "{a, b, c}")
    found = A103.at(Span(source, 4, 5), "b", labels=(Label(Span(source, 7, 8), "c"), Label(Span(source, 1, 2), "a")))
    assert full(report(found), Style()).splitlines()[4:9] == [
        "  |",
        "1 | {a, b, c}",
        "  |  - a",
        "  |     ^ b",
        "  |        - c",
    ]


@st.composite
def diagnostics(draw: st.DrawFn) -> Diagnostic:
    texts = st.text(alphabet=st.one_of(st.sampled_from("\t\n\r ab\x1b\u0301価\ud800"), st.characters()), max_size=300)
    sources = [Source(draw(texts), draw(texts)) for _ in range(2)]

    def place() -> Span:
        source = draw(st.sampled_from(sources))
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(source.text) + 2)] * 2)))
        return Span(source, start, end)

    labels = tuple(Label(place(), draw(texts)) for _ in range(draw(st.integers(0, 6))))
    notes = tuple(draw(st.lists(texts, max_size=4)))
    span = place() if draw(st.booleans()) else None
    path = draw(st.none() | texts)
    return A101.at(span, draw(texts), path=path, labels=labels, help=draw(st.none() | texts), notes=notes)


@given(diagnostics(), st.integers(1, 120))
def test_any_text_is_safe_and_short(d: Diagnostic, width: int) -> None:
    text = full(report(d, headline=""), Style(width=width))
    assert text.replace("\n", "").isprintable()
    frame, _, verdict = text.rpartition("\n\n")
    assert verdict == "1 error. No relup written. More about it: relupc explain A101\n"
    assert len(frame.split("\n")) <= MAX_LINES
