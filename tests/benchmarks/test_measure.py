"""Programs that benchmarks run: in turn, prepared, and noticed when they fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measure import Task, in_turn, once

ROOT = Path(__file__).parent.parent.parent


def python(code: str, folder: Path) -> Task:
    return Task((sys.executable, "-I", "-c", code), folder)


def note(word: str) -> str:
    return f"open('order', 'a').write('{word}')"


def test_tasks_take_turns(tmp_path: Path) -> None:
    costs = in_turn([python(note("a"), tmp_path), python(note("b"), tmp_path)], 3)
    assert (tmp_path / "order").read_text() == "ababab"
    assert all(cost.cpu > 0 and cost.wall > 0 and cost.memory > 1 for cost in costs)


def test_each_run_is_prepared(tmp_path: Path) -> None:
    def before() -> None:
        (tmp_path / "order").write_text("new ")

    in_turn([python(note("a"), tmp_path)._replace(before=before)], 2)
    assert (tmp_path / "order").read_text() == "new a"


def test_compiled_files_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each run compiles relupc anew, which nobody has to wait for who has installed it."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    once(Task((sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"), tmp_path))


def test_memory_is_that_of_the_child(tmp_path: Path) -> None:
    """Measured by a small process, which this one is not."""
    code = """
import sys
from pathlib import Path
from benchmarks.measure import Task, once
for size in (1, 300_000_000):
    print(once(Task((sys.executable, "-I", "-c", f"bytearray({size})"), Path())).memory)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    program = (sys.executable, "-c", code)
    done = subprocess.run(program, capture_output=True, text=True, check=True, cwd=tmp_path, env=environment)
    small, large = map(float, done.stdout.split())
    assert small < 100
    assert large > 250


def test_its_environment_is_its_own(tmp_path: Path) -> None:
    task = python("import os; open('told', 'w').write(os.environ['WORD'])", tmp_path)
    once(task._replace(environment=(("WORD", "yes"),)))
    assert (tmp_path / "told").read_text() == "yes"


def test_a_program_that_fails_is_no_figure(tmp_path: Path) -> None:
    assert once(python("raise SystemExit(1)", tmp_path)._replace(ends=(0, 1)))
    with pytest.raises(SystemExit, match="its last words"):
        once(python("raise SystemExit('its last words')", tmp_path))
