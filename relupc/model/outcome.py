"""What a compilation is asked for, and how it ended: a finished relup, or why there is none."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from relupc.model.files import Files, together
from relupc.model.progress import Progress
from relupc.model.value import dataclass, field

if TYPE_CHECKING:
    from relupc.model.build import Release
    from relupc.model.comparison import Comparison
    from relupc.model.diagnostic import Code, Diagnostic
    from relupc.model.plan import Plan, Relup

Level: TypeAlias = Literal["error", "warning", "note", "never"]
Failure: TypeAlias = Literal["input", "arguments", "files"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a compilation is asked for, but for the releases; the names are those of the command's flags.

    `texts` are what to take for the content of files, by their real paths; `archives` is what those hold that are
    named. `stdin_filename` is what `-` stands for. `progress` is who is told how far the work is.
    """

    path: Sequence[str | os.PathLike[str]] = ()
    isolated: bool = False
    otp_root: str | os.PathLike[str] | None = None
    appups: str | os.PathLike[str] | None = None
    otp: int | str | None = None
    restart: bool = False
    lint: bool = True
    fail_on: Level = "error"
    texts: Mapping[str, bytes] = field(default_factory=dict)
    stdin_filename: str | None = None
    archives: Files = field(default_factory=Files)
    progress: Progress = field(default_factory=Progress)

    @property
    def files(self) -> Files:
        """All that stands in for files on disk."""
        return together([self.archives, Files(self.texts)])


@dataclass(frozen=True, slots=True)
class Compiled:
    """A finished relup: the value, the text of the file, and warnings and notes."""

    relup: Relup
    text: str
    diagnostics: tuple[Diagnostic, ...]
    otp: int

    @property
    def plans(self) -> tuple[Plan, ...]:
        """One plan per direction and base, up before down."""
        return (*self.relup.up, *self.relup.down)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a compilation ended: `compiled`, or why not; in both cases what is to be said, of whom, and what was read.

    `releases` are those that could be read, the new one first; none if that could not be. `otp` is whose rules count.
    """

    diagnostics: tuple[Diagnostic, ...]
    compiled: Compiled | None = None
    failure: Failure | None = None
    releases: tuple[Release, ...] = ()
    files: tuple[str, ...] = ()
    otp: int | None = None

    @property
    def headline(self) -> str:
        """Which releases this is about, in one line; empty if none could be read."""
        if len(self.releases) < 2:
            return ""
        top, *bases = self.releases
        old = ", ".join(base.vsn for base in bases)
        paths = ", ".join(base.path for base in bases)
        otp = f", OTP {self.otp}" if self.otp else ""
        return f"{top.name} {old} -> {top.vsn}   ({paths} -> {top.path}{otp})"


@dataclass(frozen=True, slots=True)
class Linted:
    """What a lint found: diagnostics in the order of reports, with those that are suppressed.

    `files` were read. `skipped` are the codes of rules that had nothing to look at, by what they need. `headline` says
    which releases were compared. `excluded` were named, but are excluded by the configuration. `baseline` is the text
    of a new one, where that was asked for. `failure` says why relupc could not do all that was asked. `compared` says
    what changed in the code of two builds.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...] = ()
    skipped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headline: str = ""
    excluded: tuple[str, ...] = ()
    failure: Failure | None = None
    baseline: str | None = None
    compared: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation: its Markdown, and the codes that it is about."""

    text: str
    codes: tuple[Code, ...]
