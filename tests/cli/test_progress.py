"""The line of progress, with a clock of our own, and in a real terminal; and Ctrl-C there."""

from __future__ import annotations

import argparse
import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.umbrella import Shape, write
from relupc.cli import INTERRUPTED
from relupc.cli.progress import DELAY, PAUSE, Line, progress_on

#: The command with a line that is shown at once; argv[1] is what happens then.
PROGRAM = """
import os, sys, time
from relupc import save
from relupc.cli import progress, run
progress.DELAY = progress.PAUSE = 0
shown = progress.Line.show
def wait():
    print("READY", file=sys.stderr, flush=True)
    time.sleep(600)
def show_and_wait(*step):
    shown(*step)
    wait()
def write_and_wait(file):
    wait()
what = sys.argv.pop(1)
if what == "wait":
    progress.Line.show = show_and_wait
if what == "wait-in-save":
    os.fsync = write_and_wait
run()
"""
COMPILE = ("compile", "rel/new.rel", "--from", "rel/old.rel", "-p", "lib/*/ebin", "--isolated", "-o", "relup")
LINE = re.compile("(checking|reading) [0-9]+/[0-9]+ (parts|files|modules|applications|appups)")
CTRL_C = b"\x03"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Seconds that pass only when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def flags(**given: object) -> argparse.Namespace:
    return argparse.Namespace(**{"no_progress": False, "quiet": 0, **given})


@pytest.fixture(autouse=True)
def no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_nothing_is_shown_in_the_first_second_nor_too_often() -> None:
    err, clock = Terminal(), Clock()
    line = Line(err, clock)
    line.show("reading", 1, 9, "modules")
    line.erase()
    assert err.getvalue() == ""
    clock.now += DELAY
    line.show("reading", 2, 9, "modules")
    assert err.getvalue() == "\rreading 2/9 modules"
    clock.now += PAUSE / 2
    line.show("reading", 3, 9, "modules")
    assert err.getvalue() == "\rreading 2/9 modules"
    clock.now += PAUSE
    line.show("reading", 4, 9, "modules")
    assert err.getvalue().endswith("\rreading 4/9 modules")


def test_a_shorter_line_leaves_nothing_of_the_longer_one() -> None:
    err, clock = Terminal(), Clock()
    line = Line(err, clock)
    for number, noun in ((10, "applications"), (1, "files")):
        clock.now += DELAY
        line.show("reading", number, 10, noun)
    assert err.getvalue().endswith("\rreading 1/10 files" + " " * 8)
    line.erase()
    assert err.getvalue().endswith("\r" + " " * 18 + "\r")
    assert "\x1b" not in err.getvalue()


@pytest.mark.parametrize(
    ("given", "variables", "err"),
    [
        ({"no_progress": True}, {}, Terminal()),
        ({"quiet": 1}, {}, Terminal()),
        ({}, {"CI": "true"}, Terminal()),
        ({}, {"TERM": "dumb"}, Terminal()),
        ({}, {}, io.StringIO()),
    ],
)
def test_where_nobody_looks_nothing_is_told(
    given: dict[str, object], variables: dict[str, str], err: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with progress_on(flags(**given), err) as progress:
        assert progress.show is None


def test_somebody_looks_at_a_terminal() -> None:
    with progress_on(flags(), Terminal()) as progress:
        assert progress.show is not None


@pytest.fixture
def system(tmp_path: Path) -> Path:
    write(Shape(5, 6), tmp_path / "system")
    return tmp_path / "system"


class Run:
    """A relupc in a terminal of its own."""

    def __init__(self, folder: Path, what: str, *arguments: str) -> None:
        self.own, theirs = pty.openpty()
        program = [sys.executable, "-c", PROGRAM, what, *arguments]
        root = str(Path(__file__).parent.parent.parent)
        environment = {**os.environ, "PYTHONPATH": root}
        # The terminal becomes that of the new session, so that Ctrl-C typed there is a signal for all of it; whoever
        # runs the tests in the background of a shell has that signal ignored.
        controlled = ["-c", "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
                            "signal.signal(signal.SIGINT, signal.SIG_DFL);"
                            "os.execv(sys.argv[1], sys.argv[1:])"]  # fmt: skip
        self.child = subprocess.Popen(
            [sys.executable, *controlled, *program], cwd=folder, env=environment, start_new_session=True,
            stdin=theirs, stdout=theirs, stderr=theirs,
        )  # fmt: skip
        os.close(theirs)

    def said(self) -> Iterator[str]:
        """All that it says so far, again and again, until it is done."""
        found = ""
        while data := self._read():
            found += data.decode()
            yield found

    def _read(self) -> bytes:
        try:
            return os.read(self.own, 65536)
        except OSError:  # how Linux says that nobody has the terminal any more
            return b""

    def interrupted(self) -> tuple[str, int]:
        """Ctrl-C as soon as it is READY; what it said, and the exit code."""
        text, typed = "", False
        for text in self.said():
            if "READY" in text and not typed:
                os.write(self.own, CTRL_C)
                typed = True
        return text, self.child.wait()


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_the_line_is_shown_and_gone_before_the_report(system: Path) -> None:
    run = Run(system, "-", *COMPILE)
    *_, text = run.said()
    assert run.child.wait() == 0
    assert LINE.search(text)
    last = max(match.end() for match in LINE.finditer(text))
    assert re.match(r"\r +\rumbrella 1\.0\.0 -> 1\.1\.0", text[last:].lstrip(" "))


@pytest.mark.parametrize("flag", ["--no-progress", "-q"])
def test_there_is_none_if_it_is_not_wanted(system: Path, flag: str) -> None:
    run = Run(system, "-", *COMPILE, flag)
    text = "".join([*run.said()][-1:])
    assert run.child.wait() == 0
    assert not LINE.search(text)


@pytest.mark.parametrize("what", ["wait", "wait-in-save"])
def test_ctrl_c_ends_it_and_leaves_nothing_behind(system: Path, what: str) -> None:
    before = files(system)
    text, code = Run(system, what, *COMPILE).interrupted()
    assert code == INTERRUPTED
    assert "Traceback" not in text
    assert files(system) == before


def test_ctrl_c_ends_lint(system: Path) -> None:
    text, code = Run(system, "wait", "lint", "lib").interrupted()
    assert code == INTERRUPTED
    assert "Traceback" not in text
    assert text.endswith("\r"), "the line is gone"
