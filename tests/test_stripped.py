"""Stripped modules: what rules say of the code of one build does not hang on debug information or documentation."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from docs.refresh import run
from tests.strip import SIGNIFICANT, WITH_ATTRIBUTES, chunks, stripped
from tests.test_codes import FOLDERS, command

CODE = [folder for folder in FOLDERS if folder.name.startswith("C")]


def said(folder: Path, project: Path) -> list[str]:
    """The findings about code in a project, each on a line."""
    text, _ = run([*command(folder), "--format=concise"], [project])
    return [line for line in text.splitlines() if "[C" in line]


@pytest.fixture(params=CODE, ids=lambda folder: str(folder.name))
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def project(folder: Path, tmp_path: Path) -> Path:
    """A copy of the bad project of a code."""
    return Path(shutil.copytree(folder / "bad", tmp_path / "bad"))


def test_the_same_is_said_of_stripped_modules(folder: Path, project: Path) -> None:
    before = said(folder, project)
    assert any(folder.name in line for line in before)
    for beam in project.rglob("*.beam"):
        whole = beam.read_bytes()
        beam.write_bytes(stripped(whole, WITH_ATTRIBUTES))
        assert {"Dbgi", "CInf"} & {name for name, _ in chunks(whole)}
        assert len(beam.read_bytes()) < len(whole)
    assert said(folder, project) == before


def test_the_same_is_said_of_modules_without_attributes(folder: Path, project: Path) -> None:
    """`beam_lib:strip/1` takes out what a module declares; its behaviours show in the code, but not its version."""
    before = [line for line in said(folder, project) if "[C304 " not in line]
    for beam in project.rglob("*.beam"):
        beam.write_bytes(stripped(beam.read_bytes(), SIGNIFICANT))
    assert said(folder, project) == before


@pytest.mark.parametrize("name", ["C201", "C303", "C401"])
def test_the_same_is_said_of_modules_without_debug_information(name: str, tmp_path: Path, erl: str) -> None:
    folder = next(one for one in CODE if one.name == name)
    project = Path(shutil.copytree(folder / "bad", tmp_path / "bad"))
    before = said(folder, project)
    erlc = str(Path(erl).with_name("erlc"))
    for ebin in project.rglob("ebin"):
        sources = [f"src/{source.name}" for source in sorted((ebin.parent / "src").glob("*.erl"))]
        subprocess.run([erlc, "+deterministic", "-o", "ebin", *sources], cwd=ebin.parent, check=True)
    assert said(folder, project) == before
