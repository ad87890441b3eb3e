"""What makes relupc fast changes no answer: with all terms read by the grammar, relups and findings are the same."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from benchmarks.donors import Donors
from benchmarks.umbrella import Shape, write
from relupc import cli
from relupc.model.source import Source
from relupc.read import script, text
from tests.cases import FIXTURES
from tests.otp import judge

T = TypeVar("T")
CASES = [FIXTURES / "demo", *sorted(found.parent for found in FIXTURES.glob("compile/*/case.json"))]
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
