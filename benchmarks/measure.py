"""Command lines in, what they cost out: CPU time, wall time and memory of the whole process."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Task(NamedTuple):
    """A program to run in a folder. `ends` are the exit codes that mean it did its work; `before` prepares each run."""

    command: tuple[str, ...]
    folder: Path
    ends: tuple[int, ...] = (0,)
    before: Callable[[], None] | None = None
    environment: tuple[tuple[str, str], ...] = ()


class Cost(NamedTuple):
    """What one run took: seconds of CPU (user and system), seconds on the clock, and the most memory, in MB."""

    cpu: float
    wall: float
    memory: float


def in_turn(tasks: Sequence[Task], runs: int) -> list[Cost]:
    """The medians of each task. They take turns, A B A B, so that a slow minute of the machine hits all of them."""
    found: list[list[Cost]] = [[] for _ in tasks]
    for _ in range(runs):
        for task, costs in zip(tasks, found, strict=True):
            costs.append(once(task))
    return [Cost(*map(statistics.median, zip(*costs, strict=True))) for costs in found]


def once(task: Task) -> Cost:
    """The cost of one run; SystemExit with its last words if it fails.

    The memory of a child cannot be seen to be less than that of this process when it was started, which is small.
    """
    if task.before:
        task.before()
    environment = {**os.environ, **dict(task.environment)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its compiled files
    began = time.perf_counter()
    # Its output goes to a file: a pipe would have to be read meanwhile, which takes turns with the child.
    with (task.folder / "output.txt").open("w+b") as said:
        child = subprocess.Popen(
            task.command, cwd=task.folder, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)  # else Popen waits for it again
        wall = time.perf_counter() - began
        if child.returncode not in task.ends:
            said.seek(0)
            words = said.read()[-1000:].decode(errors="replace")
            raise SystemExit(f"{' '.join(task.command)}: exit code {child.returncode}\n{words}")
    unit = 1e6 if sys.platform == "darwin" else 1e3  # macOS counts bytes, the others kilobytes
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / unit)
