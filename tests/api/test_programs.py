"""Compiled modules become what rules look at; the applications are those of fixtures/hey."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from relupc.api.applications import application_values
from relupc.api.found import Found
from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Options
from relupc.model.program import EntryCode, ModuleCode, TreeCode, UpgradeCode
from relupc.read.targets import Target

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
HEY = FIXTURES / "hey" / "erlang"


def values(new: Path, *old: Path) -> Found:
    found = Found()
    application_values(Target("application", str(new)), [str(folder) for folder in old], Options(), found)
    return found


def test_one_build() -> None:
    found = values(HEY / "0.0.3" / "hey")
    modules = {value.module.name for value in found.values if isinstance(value, ModuleCode)}
    assert len(modules) == 8
    entries = [value for value in found.values if isinstance(value, EntryCode)]
    assert [(e.entry.direction, e.old, e.pre is None) for e in entries] == [("up", None, True), ("down", None, False)]
    source = next(v.module.source() for v in found.values if isinstance(v, ModuleCode) and v.module.name == "hey_log")
    assert source
    assert source.path.endswith("src/hey_log.erl")


def test_two_builds() -> None:
    found = values(HEY / "0.0.3" / "hey", HEY / "0.0.2" / "hey")
    up, down = (value for value in found.values if isinstance(value, UpgradeCode))
    assert (up.direction, down.direction) == ("up", "down")
    changed = {c.module for _, _, c in up.changes() if c.kind == "changed"}
    assert changed == {"hey_words", "hey_server", "hey_sup", "hey_side_sup"}
    assert changed == {c.module for _, _, c in down.changes() if c.kind == "changed"}
    assert up.pre is up.old
    assert down.pre is down.new
    assert up.entries["hey"].entry.direction == "up"
    assert {v.module.name for v in found.values if isinstance(v, ModuleCode)} == changed


def test_what_is_purged_softly() -> None:
    for which, soft in (("bad", False), ("good", True)):
        folder = HEY.parent.parent / "codes" / "A501" / which
        found = values(folder / "new" / "shop", folder / "old" / "shop")
        assert [v.soft for v in found.values if isinstance(v, ModuleCode)] == [soft, soft]  # going up and down


def test_supervisors_that_are_updated() -> None:
    trees = [v for v in values(HEY / "0.0.3" / "hey", HEY / "0.0.2" / "hey").values if isinstance(v, TreeCode)]
    assert "hey_sup" in {tree.code.module.name for tree in trees}
    assert all("hey_sup" in tree.updated and "hey_words" not in tree.updated for tree in trees)
    assert all(tree.loaded and tree.updated < tree.loaded for tree in trees)
    alone = [v for v in values(HEY / "0.0.3" / "hey").values if isinstance(v, TreeCode)]
    assert [tree for tree in alone if tree.updated or tree.loaded is not None] == []


def test_a_build_without_modules_is_only_text(tmp_path: Path) -> None:
    shutil.copytree(HEY / "0.0.3" / "hey", tmp_path / "hey", ignore=shutil.ignore_patterns("*.beam"))
    assert not [v for v in values(tmp_path / "hey").values if isinstance(v, ModuleCode | EntryCode)]
    linted = examine([str(tmp_path / "hey")], [], Options(), Config(exclude=()))
    assert "build" in linted.skipped


def test_a_broken_module_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    shutil.copytree(HEY / "0.0.3" / "hey", tmp_path / "hey")
    (tmp_path / "hey" / "ebin" / "hey_log.beam").write_bytes(b"FOR1\0\0\0\4BEAM")
    found = values(tmp_path / "hey")
    assert [d.code.code for d in found.problems.found] == ["T014"]
    assert len([v for v in found.values if isinstance(v, ModuleCode)]) == 7


def test_modules_without_a_good_app_file_are_not_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "hey"
    shutil.copytree(HEY / "0.0.2" / "hey", folder)
    app = folder / "ebin" / "hey.app"
    app.write_text(app.read_text("utf-8").replace("{description,", "{descriptions,"), "utf-8")
    found = values(folder)
    assert [d.code.code for d in found.problems.found] == ["R105"]
    assert not [value for value in found.values if isinstance(value, ModuleCode)]


@pytest.mark.parametrize("side", ["old", "new"])
def test_what_cannot_be_read_is_neither_added_nor_removed(side: str, tmp_path: Path) -> None:
    project = Path(shutil.copytree(FIXTURES / "codes/A301/bad", tmp_path / "bad"))
    assert {"shop_invoice", "shop_price"} == _changes(project)
    beam = project / side / "shop/ebin/shop_price.beam"
    beam.write_bytes(beam.read_bytes()[:300])
    assert {"shop_invoice"} == _changes(project)
    found = examine([str(project / "new/shop")], [str(project / "old/shop")], Options(), Config(exclude=()))
    assert sorted({d.code.code for d in found.diagnostics}) == ["A301", "T014"]


def _changes(project: Path) -> set[str]:
    found = values(project / "new/shop", project / "old/shop")
    return {c.module for value in found.values if isinstance(value, UpgradeCode) for _, _, c in value.changes()}
