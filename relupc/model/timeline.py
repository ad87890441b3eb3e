"""A plan as it is looked at: numbered steps, what each one touches, what stands still from when to when, a verdict.

All of it is worked out once (relupc/view) and drawn by every format (relupc/report).
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.model.diagnostic import Diagnostic, Direction
from relupc.model.outcome import Failure
from relupc.model.source import Source
from relupc.model.term import Term
from relupc.model.value import NamedTuple, dataclass

VerdictName: TypeAlias = Literal["hot", "hot with risk", "restarts an application", "restarts the emulator", "blocked"]
ReasonKind: TypeAlias = Literal["risk", "application", "emulator", "policy", "error"]
Mark: TypeAlias = Literal["read", "point", "load", "code_change", "apply", "suspend", "resume", "remove", "purge"]
MARKS: tuple[Mark, ...] = ("read", "point", "load", "code_change", "apply", "suspend", "resume", "remove", "purge")

#: From the mildest to the worst. What a reason of a kind makes of an upgrade.
VERDICTS: dict[VerdictName, ReasonKind | None] = {
    "hot": None,
    "hot with risk": "risk",
    "restarts an application": "application",
    "restarts the emulator": "emulator",
    "blocked": "policy",
}


class Cause(NamedTuple):
    """What brought a step in: a line of a text, or without one the words for it."""

    words: str
    source: Source | None = None
    line: int = 0


class Event(NamedTuple):
    """A step: its number from 1, what its instruction is called, the modules that it names, and what caused it.

    `app` is the application it is about. `still` says whether processes stand still after it.
    """

    n: int
    name: str
    instruction: Term
    app: str
    modules: tuple[str, ...]
    because: tuple[Cause, ...]
    still: bool


class Suspension(NamedTuple):
    """The processes of a module stand still from step `first` to step `last`."""

    module: str
    first: int
    last: int


class Row(NamedTuple):
    """One line of the picture: a module of an application, or (in brackets) something else that a step does.

    `module` is empty for what is none. `marks` are step numbers, in order, and what is done there; `still` are the
    stretches in which its processes stand still. `verb` is what the appup asks for, such as `update supervisor`; empty
    where there is none, or no single one.
    """

    app: str
    module: str
    label: str
    marks: tuple[tuple[int, Mark], ...]
    still: tuple[tuple[int, int], ...] = ()
    verb: str = ""


class AppChange(NamedTuple):
    """An application in both releases; None for the version where it is not there, or where a relup does not say."""

    name: str
    old: str | None
    new: str | None


class Edge(NamedTuple):
    """`later` is loaded after `earlier`, because DepMods say so."""

    later: str
    earlier: str


class Reason(NamedTuple):
    """Why a verdict is not better: in words, with the step that it is about (0: none) and the code of a finding.

    `place` is where that stands in a file, as `PATH:LINE:COL`. `stops` says whether it is that processes are stopped.
    """

    kind: ReasonKind
    words: str
    step: int = 0
    code: str = ""
    place: str = ""
    stops: bool = False

    @property
    def text(self) -> str:
        """The words, and the place."""
        return f"{self.words} ({self.place})" if self.place else self.words

    @property
    def bare(self) -> Reason:
        """It without what two plans may differ in, though the reason is the same: the step and the place."""
        return self._replace(step=0, place="")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an upgrade comes to, and all reasons for that, the worst first."""

    name: VerdictName
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """One way from version `old` to version `new`: where it goes through, step by step.

    `circles` are modules whose DepMods lead back to them. `total` counts the steps, also those that were left out of
    `events` because only a part was asked for. `description` is the term that the relup has for this entry.
    """

    release: str
    direction: Direction
    old: str
    new: str
    total: int
    events: tuple[Event, ...]
    suspensions: tuple[Suspension, ...]
    rows: tuple[Row, ...]
    apps: tuple[AppChange, ...]
    edges: tuple[Edge, ...]
    circles: tuple[tuple[str, ...], ...]
    point: int
    verdict: Verdict
    description: Term

    @property
    def headline(self) -> str:
        """`shop 1.3.0 -> 1.4.0   up, 21 steps`."""
        name = f"{self.release} " if self.release else ""
        return f"{name}{self.old} -> {self.new}   {self.direction}, {self.total} step{'' if self.total == 1 else 's'}"

    @property
    def homes(self) -> dict[str, str]:
        """Which application each module belongs to."""
        return {row.module: row.app for row in self.rows if row.module}


@dataclass(frozen=True, slots=True)
class Planned:
    """What `relupc plan` found: the ways that were asked for, what is to be said of them, and what was read.

    `otp` is whose rules count; `vsn` the version of the relup. `failure` says why there is nothing to look at.
    """

    timelines: tuple[Timeline, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    vsn: str = ""
    otp: int = 25
    files: tuple[str, ...] = ()
    failure: Failure | None = None

    @property
    def verdict(self) -> VerdictName:
        """The worst verdict of all ways; blocked where there is none."""
        order = list(VERDICTS)
        names = [timeline.verdict.name for timeline in self.timelines] or ["blocked"]
        return max(names, key=order.index)
