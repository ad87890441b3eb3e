"""An appup that relupc proposes: the instructions of each entry, and why each of them is there."""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.model.term import Term
from relupc.model.value import NamedTuple

# `sure` follows from the code alone. `likely` is right unless the code does what nobody can see in it. A `guess` is for
# a person to look at before anybody installs it.
Confidence: TypeAlias = Literal["sure", "likely", "guess"]


class Suggestion(NamedTuple):
    """One instruction. `why` is a clause without a full stop; it is written beside what is not `sure`."""

    instruction: Term
    why: str
    confidence: Confidence = "sure"


class ProposedEntry(NamedTuple):
    """The two ways between an old version and the one of the appup."""

    old: str
    up: tuple[Suggestion, ...]
    down: tuple[Suggestion, ...]


class ProposedAppup(NamedTuple):
    """The appup of an application in its new version `vsn`."""

    app: str
    vsn: str
    entries: tuple[ProposedEntry, ...]

    @property
    def guesses(self) -> tuple[Suggestion, ...]:
        """What a person has to look at."""
        return tuple(s for one in self.entries for s in (*one.up, *one.down) if s.confidence == "guess")
