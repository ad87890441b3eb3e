"""Workflow commands."""

from __future__ import annotations

import pytest
from hypothesis import given

from relupc.model.codes import A101
from relupc.model.diagnostic import Diagnostic
from relupc.model.source import Source, Span
from relupc.report import Style
from relupc.report.github import github
from relupc.report.printable import printable
from tests.report.cases import lint_report, linted, one_note, report, unknown_module
from tests.report.test_full import diagnostics


def test_a_finding() -> None:
    assert github(report(unknown_module()), Style()) == (
        "::error file=apps/shop/src/shop.appup,line=6,col=42,endLine=6,endColumn=54,title=A104 "
        "depmod-without-instruction::unknown module in a dependency list: no instruction in this upgrade is "
        "about `shop_pricing`%0Adid you mean `shop_price` (line 5)?\n"
    )


def test_severities() -> None:
    lines = github(lint_report(*linted(), one_note()), Style()).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", *["::warning"] * 3, "::notice"]


def test_what_would_end_a_text_or_a_property() -> None:
    source = Source("100%/a, b:c.appup", "x")
    text = github(report(A101.at(Span(source, 0, 1), "50%: a, b", help="this\nor that")), Style())
    assert text.startswith("::error file=100%25/a%2C b%3Ac.appup,line=1,")
    assert text.endswith("::bad instruction: 50%25: a, b%0Athis or that\n")


def test_no_columns_over_several_lines() -> None:
    source = Source("a", "one\ntwo\nthree\n")
    assert "file=a,line=1,endLine=2,title=" in github(report(A101.at(Span(source, 1, 6), "")), Style())


@pytest.mark.parametrize(("path", "start"), [(None, "::error title="), ("a b", "::error file=a b,title=")])
def test_no_place(path: str | None, start: str) -> None:
    assert github(report(A101.at(None, "x", path=path)), Style()).startswith(start)


@given(diagnostics())
def test_any_text_is_one_command(d: Diagnostic) -> None:
    """As the runner takes it apart."""
    text = github(report(d), Style())
    assert text.endswith("\n")
    assert text[:-1].isprintable()
    head, said = text[2:-1].split("::", 1)
    command, properties = head.split(" ", 1)
    values = {name: plain(value) for name, _, value in (part.partition("=") for part in properties.split(","))}
    assert (command, values.pop("title")) == ("error", "A101 unknown-instruction")
    assert values.keys() <= {"file", "line", "col", "endLine", "endColumn"}
    assert ("file" in values) == (d.file is not None)
    assert plain(said).split("\n") == [printable(part) for part in (d.message, d.help) if part]


def plain(text: str) -> str:
    for escape, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(escape, char)
    return text
