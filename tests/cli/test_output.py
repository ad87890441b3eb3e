from __future__ import annotations

import io
from pathlib import Path

import pytest

from relupc.cli.output import clash, give, many, read_formats, style_for, whereabouts
from relupc.model.codes import T008
from relupc.report import Report, Style
from relupc.report.full import full


def test_formats_and_their_files() -> None:
    err = io.StringIO()
    assert read_formats([], err) == [("full", "")]
    assert read_formats(["json=x,concise", "full=y"], err) == [("json", "x"), ("concise", ""), ("full", "y")]
    assert read_formats(["json=-"], err) == [("json", "")]
    assert err.getvalue() == ""


@pytest.mark.parametrize(
    ("formats", "said"),
    [(["jsn"], "did you mean `json`?"), (["qqq"], "there are full,"), (["full,json"], "at most one --format")],
)
def test_formats_that_cannot_be(formats: list[str], said: str) -> None:
    err = io.StringIO()
    assert read_formats(formats, err) is None
    assert said in err.getvalue()


def test_an_input_is_no_output() -> None:
    err = io.StringIO()
    assert clash(["a", None], ["a"], err)
    assert "`a` is read too" in err.getvalue()
    assert not clash(["b", None, ""], ["a"], err)


def test_color_needs_a_terminal_or_a_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert not style_for(io.StringIO(), "auto", 0).color
    assert style_for(io.StringIO(), "always", 0).color
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert style_for(io.StringIO(), "auto", 0).color
    assert not style_for(io.StringIO(), "never", 0).color
    assert style_for(io.StringIO(), "never", 2, 7).max_frames == 7


def test_counted_nouns() -> None:
    assert (many(1, "plan"), many(0, "plan"), many(2, "step")) == ("1 plan", "0 plans", "2 steps")


def test_the_repository_and_the_folder_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "shop" / "apps"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert whereabouts() == (str(inner), str(inner))
    (tmp_path / "shop" / ".git").write_text("gitdir: elsewhere\n")  # a worktree has a file there
    assert whereabouts() == (str(tmp_path / "shop"), str(inner))
    inner.rmdir()
    assert whereabouts() == ("", "")


def test_a_file_has_neither_color_nor_the_width_of_the_terminal(tmp_path: Path) -> None:
    style = Style(color=True, width=40, max_frames=0, quiet=1, statistics=True)
    report = Report("lint", (T008.at(None, "x"),), ())
    out, err = io.StringIO(), io.StringIO()
    assert give(report, style, [("full", ""), ("full", str(tmp_path / "a"))], out, err) == 0
    assert (tmp_path / "a").read_text() == full(report, Style(max_frames=0, statistics=True))
    assert out.getvalue() == full(report, style)
