"""The name of an answer: the same for the same, another one for whatever could change the answer."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from relupc.remember.key import key_of


@pytest.fixture(name="package")
def _package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a program, with the grammar beside it, and the libraries it uses."""
    monkeypatch.chdir(tmp_path)
    for name in ("program/rules/a.py", "grammar/term.lark", "libraries/lark-1.2.2.dist-info/RECORD"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    return tmp_path / "program"


def key(package: Path, *parts: object) -> str | None:
    return key_of(parts, str(package), [str(package.parent / "libraries"), "/no/such/folder"])


def test_the_same(package: Path) -> None:
    first = key(package, "lint", 100)
    assert first == key(package, "lint", 100)
    assert first
    assert len(first) == 64
    os.utime(package / "rules" / "a.py", (1, 1))
    (package / "rules" / "__pycache__").mkdir()
    (package / "rules" / "__pycache__" / "a.pyc").write_text("1")
    assert first == key(package, "lint", 100)


def test_another_command(package: Path) -> None:
    keys = [key(package, *parts) for parts in (("lint",), ("lint", 100), ("lint", True), (("lint", 100),), ("\udcff",))]
    assert len(set(keys)) == 5


@pytest.mark.parametrize("name", ["rules/a.py", "../grammar/term.lark", "rules/b.py"])
def test_another_relupc(package: Path, name: str) -> None:
    first = key(package)
    (package / name).write_text("2")
    assert key(package) != first


def test_other_libraries(package: Path) -> None:
    first = key(package)
    libraries = package.parent / "libraries"
    (libraries / "lark-1.2.2.dist-info").rename(libraries / "lark-1.3.0.dist-info")
    assert key(package) != first


@pytest.mark.parametrize("name", ["version", "platform"])
def test_another_python(package: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    first = key(package)
    monkeypatch.setattr(sys, name, "other")
    assert key(package) != first


def test_another_folder(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = key(package)
    monkeypatch.chdir(package)
    assert key(package) != first


def test_nobody_knows(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code is somewhere else, or there is no working folder."""
    (package.parent / "grammar" / "term.lark").unlink()
    assert key(package.parent / "libraries") is None
    gone = package.parent / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert key(package) is None


def test_the_real_one() -> None:
    assert key_of(["lint"]) == key_of(["lint"])
