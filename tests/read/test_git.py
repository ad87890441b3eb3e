"""What git answers, in real repositories."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from relupc.read import git
from tests.repository import commit, repository
from tests.repository import git as run


def test_a_folder_without_a_whole_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert git.lacking(str(tmp_path / "nowhere")) == ("there is no such folder", "name the folder of a checkout")
    assert git.lacking(str(tmp_path)) == ("this is in no git repository", "name a folder of a git checkout")
    run(tmp_path, "init", "-q", "empty")
    assert git.lacking(str(tmp_path / "empty")) == ("there is no commit yet", "commit the applications")
    assert (git.lacking(str(tmp_path / "empty" / ".git")) or "")[0] == "this is no working tree of git"
    whole = repository(tmp_path / "whole")
    commit(whole, {"a": "1"}, 1523875000)
    assert git.lacking(str(whole)) is None
    run(tmp_path, "clone", "-q", "--depth=1", f"file://{whole}", "part")
    assert (git.lacking(str(tmp_path / "part")) or "")[0] == "this clone has only part of the history"


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git.lacking(str(tmp_path)) == ("there is no program `git`", "install git")


def test_a_name_is_never_an_option(tmp_path: Path) -> None:
    folder = str(repository(tmp_path / "a"))
    assert git.revision(folder, "main") == run(tmp_path / "a", "rev-parse", "main")
    for name in ("--all", "-q", "nothing", "", "main\0", "main:apps", "HEAD~9"):
        assert git.revision(folder, name) is None


def test_paths_are_no_patterns(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a", {"b[1]/x": "1", "b1/x": "1", ":(top)c/x": "1"})
    second = commit(folder, {"b1/x": "2"}, 1523875000)
    third = commit(folder, {":(top)c/x": "2"}, 1523876000)
    assert [git.last_commit(str(folder), [path]).hash for path in ("b1", ":(top)c")] == [second, third]  # type: ignore[union-attr]
    assert git.last_commit(str(folder), ["b[1]"]).time == 1523874000  # type: ignore[union-attr]
    assert git.last_commit(str(folder), ["b?"]) is None


def test_what_is_not_committed(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a", {".gitignore": "*.beam\n", "p/x": "1", "p/y": "1", "q/z": "1"})
    (folder / "p" / "x").write_text("2")
    (folder / "p" / "new.erl").write_text("")
    (folder / "p" / "x.beam").write_text("")
    (folder / "p" / "y").unlink()
    assert git.unclean(str(folder), ["."]) == ["p/new.erl", "p/x", "p/y"]
    assert git.unclean(str(folder), ["q"]) == []
    assert git.unclean(str(folder / "p"), ["."]) == ["new.erl", "x", "y"]
    assert git.unclean(str(folder / "q"), ["../p/y"]) == ["../p/y"]


def test_inside_a_hook_of_another_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repository(tmp_path / "a", {"p/x": "1"})
    first = run(folder, "rev-parse", "HEAD")
    other = repository(tmp_path / "b", {"q/y": "1"})
    elsewhere = run(folder, "rev-parse", "--local-env-vars").split()
    kept = ("GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_NO_REPLACE_OBJECTS")
    for name in elsewhere:
        if name not in kept:
            monkeypatch.setenv(name, str(other / ".git"))
    assert git.lacking(str(folder)) is None
    assert git.revision(str(folder), "HEAD") == first
    assert git.tracked(str(folder)) == (["p/x"], [])
    assert git.unclean(str(folder), ["."]) == []


def test_files_are_seen_as_a_filter_makes_them(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a")
    run(folder, "config", "filter.upper.clean", "tr a-z A-Z")
    commit(folder, {".gitattributes": "*.txt filter=upper\n", "x.txt": "shop\n"}, 1523875000)
    (folder / "x.txt").touch()
    assert git.text_at(str(folder), "HEAD", "x.txt") == b"SHOP\n"
    assert git.unclean(str(folder), ["."]) == []


def test_names_that_are_no_utf_8(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a", {"p/x": "1"})
    name = os.fsdecode(b'p/\xff\n"x')
    commit(folder, {name: "1"}, 1523875000)
    files = git.tracked(str(folder))
    assert not isinstance(files, git.Refused)
    assert sorted(files[0]) == sorted([name, "p/x"])
    (folder / name).write_text("2")
    assert git.unclean(str(folder), ["p"]) == [name]


def test_a_replaced_commit_does_not_count(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a", {"p/x": "1"})
    first = run(folder, "rev-parse", "HEAD")
    second = commit(folder, {"p/x": "2"}, 1523875000)
    run(folder, "replace", second, first)
    assert git.last_commit(str(folder), ["p"]).hash == second  # type: ignore[union-attr]


def test_what_lies_in_the_working_tree(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a", {"p/x": "1"})
    (tmp_path / "a2").mkdir()
    (tmp_path / "link").symlink_to(folder / "p")
    assert [git.holds(str(folder / "p"), str(tmp_path / name)) for name in ("a", "a/p/x", "link", "a2", "")] == [
        *[True] * 3,
        *[False] * 2,
    ]
    assert not git.holds(str(tmp_path), str(folder))


def test_what_differs_since_a_commit(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a", {"p/x": "1", "q/x": "1"})
    first = run(folder, "rev-parse", "HEAD")
    commit(folder, {"p/x": "2", "p/y": "1"}, 1523875000)
    assert git.changed_since(str(folder), first, ["p"]) == ["p/x", "p/y"]
    assert git.changed_since(str(folder), first, ["q"]) == []
    assert git.text_at(str(folder), first, "p/x") == b"1"
    assert git.text_at(str(folder / "p"), first, "x") == b"1"
    assert git.text_at(str(folder), first, "p/y") is None
