"""Compiled modules become what rules look at; the applications are those of fixtures/hey."""

from __future__ import annotations

import shutil
from pathlib import Path

from relupc.api.applications import application_values
from relupc.api.found import Found
from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Options
from relupc.model.program import UpgradeCode
from relupc.read.targets import Target

HEY = Path(__file__).parent.parent.parent / "fixtures" / "hey" / "erlang"


def values(new: Path, *old: Path) -> Found:
    found = Found()
    application_values(Target("application", str(new)), [str(folder) for folder in old], Options(), found)
    return found


def compared(found: Found) -> list[UpgradeCode]:
    return [value for value in found.values if isinstance(value, UpgradeCode)]


def test_two_builds() -> None:
    up, down = compared(values(HEY / "0.0.3" / "hey", HEY / "0.0.2" / "hey"))
    assert (up.upgrade.direction, down.upgrade.direction) == ("up", "down")
    changed = [change.module for change in up.diffs["hey"].of_kind("changed")]
    assert changed == ["hey_server", "hey_side_sup", "hey_sup", "hey_words"]
    assert up.diffs == down.diffs


def test_builds_without_modules_are_only_text(tmp_path: Path) -> None:
    for version in ("0.0.2", "0.0.3"):
        ignored = shutil.ignore_patterns("*.beam")
        shutil.copytree(HEY / version / "hey", tmp_path / version / "hey", ignore=ignored)
    old, new = (tmp_path / version / "hey" for version in ("0.0.2", "0.0.3"))
    assert not compared(values(new, old))
    linted = examine([str(new)], [str(old)], Options(), Config(exclude=()))
    assert "A301" not in {d.code.code for d in linted.diagnostics}


def test_a_broken_module_is_said_and_the_others_are_compared(tmp_path: Path) -> None:
    shutil.copytree(HEY / "0.0.3" / "hey", tmp_path / "hey")
    (tmp_path / "hey" / "ebin" / "hey_log.beam").write_bytes(b"FOR1\0\0\0\4BEAM")
    found = values(tmp_path / "hey", HEY / "0.0.2" / "hey")
    assert [d.code.code for d in found.problems.found] == ["T014"]
    assert len(compared(found)[0].diffs["hey"].of_kind("changed")) == 4
    assert [d.code.code for d in values(tmp_path / "hey").problems.found] == ["T014"]
