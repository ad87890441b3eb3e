"""One way between two builds of an application, as those look at it who decide what its appup says."""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.model.diagnostic import Direction
from relupc.model.program import Change, Diff, Program, turned
from relupc.model.proposal import Confidence, Suggestion
from relupc.model.term import List, Term
from relupc.model.value import NamedTuple

# `soft` is an update that leaves the state as it is, `static` one for which OTP asks the older module going down.
Verb: TypeAlias = Literal["add", "delete", "load", "soft", "update", "static", "supervisor"]


class Way(NamedTuple):
    """The changes of one application from the build that runs, `pre`, to the one that is to run, `post`."""

    direction: Direction
    pre: Program
    post: Program
    diff: Diff

    @property
    def newer(self) -> Program:
        """The build of the newer version, whose modules convert states both ways."""
        return self.post if self.direction == "up" else self.pre

    @property
    def older(self) -> Program:
        return self.pre if self.direction == "up" else self.post

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is not the same afterwards, in the words of this way: what it brings is `added`."""
        found = self.diff.of_kind("changed", "added", "removed")
        return found if self.direction == "up" else tuple(map(turned, found))


class Begin(NamedTuple):
    """The call that starts a child, and the module of a new one; None for one that ran before."""

    module: str | None
    call: Suggestion


class Action(NamedTuple):
    """What to do about a module: `verb`, with calls `before` it, and the children that start `after` it.

    `extra` is what the function that converts is given. With `restarts` nothing but a restart of the application will
    do, and `why` is the reason.
    """

    module: str
    verb: Verb
    why: str = ""
    confidence: Confidence = "sure"
    before: tuple[Suggestion, ...] = ()
    after: tuple[Begin, ...] = ()
    restarts: bool = False
    extra: Term = List(())
