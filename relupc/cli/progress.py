"""Flags, a stream and steps of work in; one line on a terminal out, which is gone before anything else is printed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from relupc.model.progress import Progress

if TYPE_CHECKING:
    from argparse import Namespace

DELAY, PAUSE = 1.0, 0.1  # seconds before the line is shown, and before it is shown again


@contextmanager
def progress_on(args: Namespace, err: TextIO) -> Iterator[Progress]:
    """What to tell steps to while a command works. There is a line only if somebody may be looking at it."""
    if args.no_progress or args.quiet or os.environ.get("CI") or os.environ.get("TERM") == "dumb" or not err.isatty():
        yield Progress()
        return
    line = Line(err, time.monotonic)
    try:
        yield Progress(line.show)
    finally:
        line.erase()


class Line:
    """The last line of a terminal. It is written over with spaces: no terminal needs to know an escape code."""

    __slots__ = ("clock", "due", "err", "width")

    def __init__(self, err: TextIO, clock: Callable[[], float]) -> None:
        self.err, self.clock = err, clock
        self.due, self.width = clock() + DELAY, 0

    def show(self, verb: str, number: int, total: int, noun: str) -> None:
        """Show a step, unless it is too early for that."""
        now = self.clock()
        if now >= self.due:
            self.due = now + PAUSE
            self._put(f"{verb} {number}/{total} {noun}"[: _columns(self.err) - 1])

    def erase(self) -> None:
        """Leave an empty line, with the cursor where it begins."""
        if self.width:
            self._put("")
            self.err.write("\r")
            self.err.flush()

    def _put(self, text: str) -> None:
        self.err.write("\r" + text.ljust(self.width))
        self.err.flush()
        self.width = len(text)


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80  # a terminal of no size is one that does not say
    except (OSError, ValueError):
        return 80
