"""What makes relupc fast changes no answer: with all terms read by the grammar, or without a cache, all is the same."""

from __future__ import annotations

import contextlib
import io
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from benchmarks.donors import Donors
from benchmarks.umbrella import Shape, write
from relupc import cli, rules
from relupc.model.source import Source
from relupc.read import script, text
from tests.cases import FIXTURES
from tests.otp import judge
from tests.test_codes import command

T = TypeVar("T")
CASES = [FIXTURES / "demo", *sorted(found.parent for found in FIXTURES.glob("compile/*/case.json"))]
CODES = sorted({path.parents[-len(FIXTURES.parts) - 2] for path in FIXTURES.glob("codes/*/*/**/*.beam")})
PAIR = ("rel/new.rel", "--from", "rel/old.rel", "-p", "lib/*/ebin", "--isolated")


def both(work: Callable[[], T]) -> tuple[T, T]:
    """What comes of the work as it is done, and with all terms left to the grammar."""
    fast, asked = work(), list[int]()

    def nothing_is_regular(_source: Source, start: int, *_more: object) -> int:
        asked.append(start)
        return start

    with pytest.MonkeyPatch.context() as patch:
        for module in (text, script):
            patch.setattr(module, "read_regular", nothing_is_regular)
        slow = work()
    assert asked, "nothing was read another way"
    return fast, slow


def said(folder: Path, *arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder):
        return cli.main(arguments, out, err), out.getvalue(), err.getvalue()


@pytest.mark.parametrize("directory", CASES, ids=lambda path: path.name)
def test_cases(directory: Path) -> None:
    fast, slow = both(lambda: judge.run_relupc(directory))
    assert fast == slow


@pytest.mark.parametrize("cycles", [0.0, 1.0])
def test_compile_of_an_umbrella(tmp_path: Path, cycles: float) -> None:
    write(Shape(4, 20, cycles=cycles), tmp_path / "system")
    fast, slow = both(lambda: said(tmp_path / "system", "compile", *PAIR, "-o", "-", "--format", "concise"))
    assert fast == slow
    assert fast[0] == 0
    assert fast[1].startswith("%% coding: utf-8\n{") or fast[1].startswith("{")


@pytest.mark.parametrize("what", [("lib",), PAIR])
def test_lint_of_an_umbrella(tmp_path: Path, what: tuple[str, ...]) -> None:
    write(Shape(3, 12, cycles=0.5), tmp_path / "system", Donors([FIXTURES]))
    fast, slow = both(lambda: said(tmp_path / "system", "lint", *what, "--select", "all", "--format", "json"))
    assert fast == slow
    assert '"A105"' in fast[1]


@pytest.mark.parametrize("folder", sorted((FIXTURES / "codes").iterdir()), ids=lambda path: path.name)
def test_a_rule_that_is_passed_over_has_nothing_to_say(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answers() -> list[tuple[int, str, str]]:
        there = [which for which in ("bad", "good") if (folder / which).is_dir()]
        return [said(folder, *command(folder, which), "--no-cache", "--format", "concise") for which in there]

    plain = answers()
    monkeypatch.setattr(rules, "_is_idle", lambda *_: False)
    assert answers() == plain


@pytest.fixture(name="kept")
def _kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where answers are kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "relupc"


def again(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """What relupc says without a cache; with one it says the same, whatever that holds, and once more."""
    plain = said(folder, *arguments, "--no-cache")
    assert said(folder, *arguments) == plain
    assert said(folder, *arguments) == plain
    return plain


@pytest.mark.parametrize("folder", CODES, ids=lambda path: path.name)
def test_codes_with_a_cache(tmp_path: Path, kept: Path, folder: Path) -> None:
    for which in ("bad", "good"):
        shutil.copytree(folder / which, tmp_path / which)
        arguments = command(folder, which)
        if arguments[0] == "lint":
            again(tmp_path / which, *arguments, "--select", "all")
            again(tmp_path / which, *arguments, "--format", "json")


def test_an_umbrella_with_a_cache(tmp_path: Path, kept: Path) -> None:
    system = tmp_path / "system"
    write(Shape(3, 12, cycles=0.5), system, Donors([FIXTURES]))
    for name in ("full", "json", "sarif"):
        again(system, "lint", *PAIR, "--format", name)
    assert len(list(kept.iterdir())) == 3


def change(folder: Path, chance: random.Random) -> None:
    """Something happens to a file: it is damaged, deleted, moved, copied, or becomes a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    file, other = chance.choice(files), chance.choice(files)
    data = bytearray(file.read_bytes())
    match chance.randrange(7):
        case 0:
            file.write_bytes(data[: len(data) // 2])
        case 1 if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            file.write_bytes(data)
        case 2:
            file.unlink()
        case 3:
            file.write_bytes(other.read_bytes())
        case 4:
            shutil.copyfile(file, other.with_name(file.name + other.suffix))
        case 5:
            file.rename(file.with_name("moved" + file.suffix))
        case _:
            file.unlink()
            file.mkdir()


@pytest.mark.parametrize("seed", range(12))
def test_random_changes_with_a_cache(tmp_path: Path, kept: Path, seed: int) -> None:
    """Projects in which one thing after the other changes, and some of it back."""
    chance = random.Random(seed)
    code = chance.choice([code for code in CODES if command(code)[0] == "lint"])
    arguments = [*command(code), "--select", "all", "--format", "concise"]
    shutil.copytree(code / "bad", tmp_path / "project")
    again(tmp_path / "project", *arguments)
    for number in range(5):
        shutil.copytree(tmp_path / "project", tmp_path / str(number))
        change(tmp_path / "project", chance)
        again(tmp_path / "project", *arguments)
        if chance.randrange(3) == 0:
            shutil.rmtree(tmp_path / "project")
            shutil.move(tmp_path / str(number), tmp_path / "project")
            again(tmp_path / "project", *arguments)
