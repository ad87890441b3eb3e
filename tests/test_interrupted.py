"""Ctrl-C at many moments of a run: the exit code says so, and nothing is half written or left behind."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from benchmarks.umbrella import Shape, write
from relupc import cli
from relupc.cli import DONE, INTERRUPTED, PROBLEMS
from relupc.remember import store
from relupc.save import save

T = TypeVar("T")
MOMENTS = 30
COMPILE = ("compile", "rel/new.rel", "--from", "rel/old.rel", "-p", "lib/*/ebin", "--isolated", "-o", "relup")


class Interrupter:
    """Counts the calls of a run, and raises what Ctrl-C raises in the one of that number."""

    def __init__(self, at: int | None) -> None:
        self.at, self.calls = at, 0

    def __call__(self, _frame: object, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            self.calls += 1
            if self.calls == self.at:
                raise KeyboardInterrupt

    def during(self, work: Callable[[], T]) -> T:
        """The same as the work, unless it is interrupted."""
        before = sys.getprofile()
        sys.setprofile(self)
        try:
            return work()
        finally:
            sys.setprofile(before)

    def run(self, folder: Path, *arguments: str) -> tuple[int, str]:
        """The exit code, and all that is said on standard error."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(folder):
            return self.during(lambda: cli.main(arguments, out, err)), err.getvalue()


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("arguments", [COMPILE, ("lint", "lib"), ("lint", "lib", "--write-baseline")])
def test_any_moment_is_a_good_one(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    write(Shape(2, 6), tmp_path)
    before = files(tmp_path)
    Interrupter(None).run(tmp_path, *arguments)  # what is loaded once is loaded now
    done = files(tmp_path)
    whole = Interrupter(None)
    code, _ = whole.run(tmp_path, *arguments)
    assert code in (DONE, PROBLEMS)
    first = 200  # the first calls are those of this test, and of main() before it catches anything
    ends = set[int]()
    for at in range(first, whole.calls, (whole.calls - first) // MOMENTS):
        for name in done.keys() - before.keys():
            (tmp_path / name).unlink(missing_ok=True)
        code, said = Interrupter(at).run(tmp_path, *arguments)
        ends.add(code)
        assert "Traceback" not in said, at
        left = files(tmp_path)
        assert left in (before, done), at
        assert code == INTERRUPTED or left == done, at
    assert INTERRUPTED in ends


@pytest.mark.parametrize("old", [None, b"old"])
def test_every_moment_of_writing_a_file(tmp_path: Path, old: bytes | None) -> None:
    path = tmp_path / "relup"
    whole = Interrupter(None)
    whole.during(lambda: save(str(path), "new"))
    assert files(tmp_path) == {"relup": b"new"}
    missed = 0
    for at in range(1, whole.calls):
        path.unlink(missing_ok=True)
        if old:
            path.write_bytes(old)
        try:
            Interrupter(at).during(lambda: save(str(path), "new"))
        except KeyboardInterrupt:
            missed += files(tmp_path) == {"relup": b"new"}
        assert files(tmp_path) in ({"relup": old} if old else {}, {"relup": b"new"}), at
    assert missed < whole.calls / 2, "most moments are before the new file is in place"


@pytest.mark.parametrize("old", [None, b"old"])
def test_every_moment_of_keeping_an_answer(tmp_path: Path, old: bytes | None) -> None:
    whole = Interrupter(None)
    whole.during(lambda: store(str(tmp_path), "answer", b"new"))
    before = {"answer.answer": old} if old else {}
    ends = set[bool]()
    for at in range(1, whole.calls + 2):
        (tmp_path / "answer.answer").unlink(missing_ok=True)
        if old:
            (tmp_path / "answer.answer").write_bytes(old)
        with contextlib.suppress(KeyboardInterrupt):
            Interrupter(at).during(lambda: store(str(tmp_path), "answer", b"new"))
        ends.add(files(tmp_path) == before)
        assert files(tmp_path) in (before, {"answer.answer": b"new"}), at
    assert ends == {True, False}
