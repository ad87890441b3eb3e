"""A stretch of an upgrade in which code may call a function that is not there."""

from __future__ import annotations

from typing import Literal

from relupc.model.beam import FA, MFA, Place
from relupc.model.diagnostic import Direction
from relupc.model.plan import Step
from relupc.model.value import NamedTuple


class Window(NamedTuple):
    """The code of a module runs while another one lacks functions that it calls.

    `needs`: it is the new code of `caller` that needs `module` as it will be, or the old code that needs it as it was;
    in `both` cases no order of the two is right. `calls` are the functions in question, each with the one that makes
    the call (None if that is not known) and its place. `suspends` is whether the processes of the caller are suspended
    while that changes. `opens` is the step with which the window opens, `closes` the one that ends it, `steps` later.
    """

    caller: str
    module: str
    needs: Literal["new", "old"]
    calls: tuple[tuple[MFA, FA | None, Place | None], ...]
    suspends: bool
    both: bool
    opens: Step | None = None
    closes: Step | None = None
    steps: int = 0

    def is_newer(self, direction: Direction) -> bool:
        """Whether it is the newer code that calls what only the newer build has."""
        return (self.needs == "new") == (direction == "up")
