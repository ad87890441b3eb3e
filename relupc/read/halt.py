"""Why relupc has no value for an expression of a script, and how much of one it takes on."""

from __future__ import annotations

MAX_PARTS = 20_000  # of a value that a script makes; more only if its text is longer
MAX_BITS = 13_000  # of an integer: below the 4300 digits that Python converts at once
FAILS = "this fails when it is run"
TOO_BIG = "the result is bigger than relupc works out"


class Halt(Exception):  # noqa: N818 - it is no error of the program, but of the text
    """There is no value; the label says why."""

    def __init__(self, label: str = FAILS) -> None:
        super().__init__(label)
        self.label = label
