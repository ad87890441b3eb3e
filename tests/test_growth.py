"""How the work grows with its input: five times the modules are at most six times the function calls.

Calls are counted, not seconds, so that the answer is the same on every machine; those of Python's own functions too.
What cannot be seen so is work within one such call, as the search in a list of strings: `make bench` shows that.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import relupc
from benchmarks.donors import Donors
from benchmarks.umbrella import Shape, applications, write
from relupc import cli
from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Options
from relupc.model.source import Source
from relupc.read.file import Unreadable
from relupc.read.text import read_first
from tests.cases import FIXTURES

TIMES, MOST = 5, 6.0


def calls(work: Callable[[], object]) -> int:
    """How many functions are called; by Python, and of Python."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def growth(work: Callable[[int], object], small: int) -> float:
    """How many times as many calls `work` makes for TIMES as much."""
    work(1)  # what is loaded or compiled once is no growth
    first, second = (calls(partial(work, size)) for size in (small, TIMES * small))
    assert first > 1000, "so little work says nothing"
    return second / first


def system(shape: Shape, folder: Path, donors: Donors | None = None) -> Path:
    """The folder of a system, made once."""
    out = folder / f"{shape.apps}-{shape.modules}"
    if not out.exists():
        write(shape, out, donors)
    return out


def compiled(folder: Path) -> object:
    path, rel = [str(folder / "lib/*/ebin")], folder / "rel"
    return relupc.compile(rel / "new.rel", old=rel / "old.rel", path=path, isolated=True)


def test_calls_are_counted() -> None:
    """A loop within a loop is seen."""

    def linear(size: int) -> object:
        return [abs(number) for number in range(1000 * size)]

    def quadratic(size: int) -> object:
        return [abs(number) for number in range(40 * size) for _ in range(40 * size)]

    assert growth(linear, 2) < MOST < growth(quadratic, 2)


@pytest.mark.parametrize("cycles", [0.0, 1.0])
def test_compile(tmp_path: Path, cycles: float) -> None:
    def work(apps: int) -> object:
        return compiled(system(Shape(apps, 40, cycles=cycles), tmp_path))

    assert growth(work, 4) < MOST


def test_compile_of_one_application_with_many_modules(tmp_path: Path) -> None:
    def work(hundreds: int) -> object:
        return compiled(system(Shape(1, 100 * hundreds, cycles=0.3), tmp_path))

    assert growth(work, 2) < MOST


def test_reading_terms() -> None:
    def work(apps: int) -> object:
        changes = [change for app in applications(Shape(apps, 40)) for change in app.changes]
        text = ",\n".join(f'{{{c.module}, "{c.kind}", [{", ".join(c.needs)}], <<"x">>, -1.5e3}}' for c in changes)
        return read_first(Source("list", f"[{text}].\n"))

    assert not isinstance(work(1), Unreadable)
    assert growth(work, 4) < MOST


def test_lint_of_texts(tmp_path: Path) -> None:
    def work(apps: int) -> object:
        return relupc.lint([str(system(Shape(apps, 40, cycles=0.5), tmp_path) / "lib")])

    assert growth(work, 4) < MOST


def test_lint_of_two_builds(tmp_path: Path) -> None:
    """The modules are not of one size, so that more of them may be larger ones too."""
    donors = Donors([FIXTURES])

    def work(apps: int) -> object:
        folder = system(Shape(apps, 25, changed=0.2), tmp_path, donors)
        options = Options([str(folder / "lib/*/ebin")], isolated=True)
        return examine([str(folder / "rel" / "new.rel")], [str(folder / "rel" / "old.rel")], options, Config())

    assert growth(work, 2) < 1.5 * MOST


def test_lint_of_two_builds_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answer once more takes a tenth of the work at most, and grows no faster."""
    donors = Donors([FIXTURES])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def work(apps: int) -> object:
        monkeypatch.chdir(system(Shape(apps, 25, changed=0.2), tmp_path, donors))
        command = ("lint", "rel/new.rel", "--from", "rel/old.rel", "-p", "lib/*/ebin", "--isolated")
        return cli.main(command, io.StringIO(), io.StringIO())

    first = calls(partial(work, 2))
    again = calls(partial(work, 2))
    assert again * 10 < first
    work(2 * TIMES)
    assert calls(partial(work, 2 * TIMES)) < MOST * again
