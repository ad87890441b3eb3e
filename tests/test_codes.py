"""Every code in fixtures/codes: its bad project shows it, its good one does not, and a fix leaves a sound file.

`command` in a folder of fixtures/codes holds the arguments of relupc; `lint .` without one. It is run in a copy of
`bad` and of `good`. `expected.txt` is what it says of `bad` with `-q`: how many rules were skipped changes too often.
Where what it says has a fix, `fixed` is `bad` with the fixes of this code made; `--refresh` makes it anew.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from docs.refresh import run
from relupc import cli
from relupc.api.appups import appup_values
from relupc.api.found import Found
from relupc.model.codes import TABLE
from relupc.model.lint import EntryPlan
from relupc.model.outcome import Options
from relupc.model.term import Term
from relupc.read.targets import appups_in

ROOT = Path(__file__).parent.parent
FOLDERS = sorted(path for path in (ROOT / "fixtures" / "codes").iterdir() if path.is_dir())


def _name(path: Path) -> str:
    return path.name


def said(folder: Path, which: str, *more: str) -> str:
    """What the command of a code says of its bad or good project. What is only counted is listed where `more` asks."""
    arguments = [word for word in command(folder, which) if word != "--statistics" or "--format=concise" not in more]
    text, code = run([*arguments, *more], [folder / which])
    return f"{text}exit {code}\n"


def command(folder: Path, which: str = "bad") -> list[str]:
    """The arguments of relupc for a code; `good-command` has those for its good project, if they are others."""
    own = folder / f"{which}-command"
    file = own if own.exists() else folder / "command"
    return shlex.split(file.read_text("utf-8")) if file.exists() else ["lint", "."]


def codes_in(concise: str) -> set[str]:
    """The codes of a concise report."""
    return set(re.findall(r"\[([ARCDT][0-9]{3}) [a-z0-9-]+\]$", concise, re.MULTILINE))


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_the_bad_project_shows_it(folder: Path, refresh: bool) -> None:
    expected, text = folder / "expected.txt", said(folder, "bad", "-q")
    assert "exit 3" not in text
    if refresh:
        expected.write_text(text, "utf-8")
    assert text == expected.read_text("utf-8")
    assert folder.name in codes_in(said(folder, "bad", "--format=concise"))


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_the_good_project_does_not(folder: Path) -> None:
    text = said(folder, "good", "--format=concise")
    assert folder.name not in codes_in(text)
    assert "exit 3" not in text


def test_the_folders_are_codes() -> None:
    assert {folder.name for folder in FOLDERS} <= set(TABLE)


def fixable(folder: Path) -> list[dict[str, Any]]:
    """What a code has a fix for in its bad project. What compile says cannot be fixed by it."""
    if command(folder)[0] != "lint":
        return []
    text, _ = run([*command(folder), "--format=json"], [folder / "bad"])
    found = json.loads(text)["diagnostics"]
    return [d for d in found if d["code"] == folder.name and d["fix"] and not d["suppressed"]]


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def made(folder: Path, project: Path, *more: str) -> str:
    """Let the fixes of a code be made in a project, and only those; what is said."""
    only = [] if folder.name.startswith("T0") else ["--select", folder.name]
    said = io.StringIO()
    with contextlib.chdir(project):
        cli.main([*command(folder), *only, "--fix", "--format=concise", *more], said, said)
    return said.getvalue()


def plans(project: Path) -> dict[tuple[str, str, Term], tuple[Term, ...]]:
    """What each entry of each appup comes to, by file, direction and version."""
    with contextlib.chdir(project):
        found = Found()
        for path in appups_in("."):
            appup_values(path, Options(), found)
    entries = [value for value in found.values if isinstance(value, EntryPlan) and value.plan is not None]
    return {
        (e.appup.path, e.direction, e.entry.key): tuple(s.instruction for s in e.plan or ()) for e in reversed(entries)
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_a_fix_leaves_a_sound_file(folder: Path, refresh: bool, tmp_path: Path) -> None:
    found = fixable(folder)
    fixed = folder / "fixed"
    if not found:
        assert not fixed.exists(), f"{folder.name} has no fix for its bad project, but fixtures/codes has a fixed one"
        return
    safe = all(d["fix"]["safe"] for d in found)
    project = tmp_path / "project"
    shutil.copytree(folder / "bad", project)
    more = () if safe else ("--unsafe-fixes",)
    said = made(folder, project, *more)
    assert folder.name not in codes_in(said), f"the fix of {folder.name} does not remove its cause:\n{said}"
    if refresh:
        shutil.rmtree(fixed, ignore_errors=True)
        shutil.copytree(project, fixed)
    assert fixed.is_dir(), f"the bad project of {folder.name} has a fix: make fixed with --refresh"
    assert contents(project) == contents(fixed)
    made(folder, project, *more)
    assert contents(project) == contents(fixed), "a second --fix changes more"
    before, after = codes_in(run_in(folder, "bad")), codes_in(run_in(folder, "fixed"))
    assert not (after - before) & {"T001", "T002", "T003", "T007", "A001"}, "a file can no longer be read"
    if safe and not any(d["severity"] == "error" for d in found):  # else OTP refused it before
        was, now = plans(folder / "bad"), plans(fixed)
        assert {key: now[key] for key in was if key in now} == {key: was[key] for key in was if key in now}


def run_in(folder: Path, which: str) -> str:
    return said(folder, which, "--format=concise", "--select=all")
