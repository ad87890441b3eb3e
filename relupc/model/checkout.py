"""A checkout and its applications, as git has them: whose version is when it last changed."""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.model.diagnostic import Diagnostic
from relupc.model.source import Span
from relupc.model.value import dataclass, field

Since: TypeAlias = Literal["new", "same", "changed", "not raised", "unknown"]
HASH_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its whole hash, and when it was made, in seconds since 1970 (the committer's time)."""

    hash: str
    time: int

    @property
    def version(self) -> str:
        """`1523874000-c7ae2`. Always so many digits of the hash, so that each clone says the same."""
        return f"{self.time}-{self.hash[:HASH_DIGITS]}"


@dataclass(frozen=True, slots=True)
class Declared:
    """An application as its sources have it: `file` says its name, and its version unless that is left to the build.

    `folder` and `file` are relative to the folder that was asked about. `span` is where the version stands.
    """

    app: str
    folder: str
    file: str
    vsn: str | None = None
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Versioned:
    """An application and its version from git. `dirty` are its files that are not as committed.

    `since` says how it is beside what it was compared with, where its version was `old`; `changed` are the files that
    differ and are built from.
    """

    declared: Declared
    commit: Commit
    dirty: tuple[str, ...] = ()
    since: Since | None = None
    old: str | None = None
    changed: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        return self.commit.version


@dataclass(frozen=True, slots=True)
class Versions:
    """The applications of a checkout in the order of their folders, what they were compared with, and what was said."""

    apps: tuple[Versioned, ...]
    diagnostics: tuple[Diagnostic, ...]
    against: str | None = None
