"""What relupc has to say: one shape for syntax errors, missing files, OTP's refusals and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, TypeAlias

from relupc.model.layout import to_text
from relupc.model.source import Span
from relupc.model.term import Term
from relupc.model.value import dataclass, field, replace

Severity: TypeAlias = Literal["error", "warning", "note"]
Suppressed: TypeAlias = Literal["comment", "config", "baseline"]
Direction: TypeAlias = Literal["up", "down"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
MAX_ALIKE = 1000  # of one code in one file: who has more has one mistake, and nobody reads them


@dataclass(frozen=True, slots=True)
class Code:
    """One line of the table in codes.py: what relupc can say, and how bad it is by default.

    `options` are the settings that its rule takes from `[lint.rule.NAME]`, with their defaults.
    """

    code: str
    name: str
    severity: Severity
    title: str
    options: tuple[tuple[str, int], ...] = ()

    def at(
        self,
        span: Span | None,
        label: str,
        *,
        path: str | None = None,
        labels: tuple[Label, ...] = (),
        help: str | None = None,  # noqa: A002 - the word that users read
        notes: tuple[str, ...] = (),
        subject: Subject | None = None,
        otp: Otp | None = None,
        severity: Severity | None = None,
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A diagnostic of this code at `span`, or about the file `path` where there is no text to mark."""
        return Diagnostic(
            self, severity or self.severity, label, span, path, labels, help, notes, subject or Subject(), otp, fix
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Another place that belongs to a diagnostic, and what is there."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that remove the cause; safe if they cannot change what a good file does."""

    title: str
    edits: tuple[tuple[Span, str], ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What a diagnostic is about, as far as that is known."""

    app: str | None = None
    module: str | None = None
    function: str | None = None
    direction: Direction | None = None
    old: str | None = None
    new: str | None = None

    @property
    def reading(self) -> tuple[str, ...]:
        """All of it, for sorting."""
        parts = (self.app, self.module, self.function, self.direction, self.old, self.new)
        return tuple(part or "" for part in parts)


@dataclass(frozen=True, slots=True)
class Otp:
    """What OTP says for the same input: its class as `module/reason[/detail]`, and the reason itself."""

    error_class: str
    reason: Term

    @property
    def term(self) -> str:
        """The reason as `~tp` prints it."""
        return to_text(self.reason)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to say. `label` is the fact at `span`; `path` names a file where there is no text to mark.

    `suppressed` says what keeps it from being shown: an ignore comment, the configuration, the baseline.
    """

    code: Code
    severity: Severity
    label: str
    span: Span | None
    path: str | None
    labels: tuple[Label, ...]
    help: str | None
    notes: tuple[str, ...]
    subject: Subject
    otp: Otp | None
    fix: Fix | None = None
    suppressed: Suppressed | None = None

    def with_otp(self, otp: Otp | None, subject: Subject) -> Diagnostic:
        """The same, with what OTP says of it and whom it is about."""
        return replace(self, otp=otp, subject=subject)

    @property
    def message(self) -> str:
        return f"{self.code.title}: {self.label}"

    @property
    def place(self) -> str:
        """`path:line:column`, as much of it as is known."""
        if self.span is None:
            return self.path or "relupc"
        line, column = self.span.source.line_col(self.span.start)
        return f"{self.span.source.path}:{line}:{column}"

    @property
    def one_line(self) -> str:
        return f"{self.place}: {self.severity}: {self.label} [{self.code.code} {self.code.name}]"

    @property
    def file(self) -> str | None:
        """The file that it is about, as far as it is about one."""
        return self.span.source.path if self.span else self.path

    @property
    def reading(self) -> tuple[str | int, ...]:
        """What a reader sees of it, place and code first."""
        start, end = (self.span.start, self.span.end) if self.span else (-1, -1)
        labels = (f"{label.span.source.path}:{label.span.start}:{label.span.end}:{label.text}" for label in self.labels)
        said = (self.severity, self.label, self.help or "", "\n".join(self.notes), "\n".join(labels))
        return self.file or "", start, self.code.code, end, *said


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By path, place and code; what is equal so far by what it says, so that the order found does not matter."""
    return sorted(diagnostics, key=lambda d: (d.reading, d.subject.reading, d.suppressed or ""))


@dataclass(slots=True)
class Problems:
    """Where every stage puts what it finds; `heard` counts what was added, by code."""

    found: list[Diagnostic] = field(default_factory=list)
    heard: Counter[str] = field(default_factory=Counter)

    def add(self, diagnostic: Diagnostic) -> None:
        self.found.append(diagnostic)
        self.heard[diagnostic.code.code] += 1

    def enough(self, code: Code) -> bool:
        """Whether a stage has found so many of a code that it need say no more: see model/bound.py."""
        return self.heard[code.code] > MAX_ALIKE

    @property
    def fatal(self) -> bool:
        return any(d.severity == "error" for d in self.found)


class RelupcError(Exception):
    """Something could not be done; `diagnostics` says what, `str()` says it in one line each."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("\n".join(d.one_line for d in diagnostics))
        self.diagnostics = diagnostics


class CompileError(RelupcError):
    """The input has problems: at least one error is among the diagnostics."""


class InputError(RelupcError):
    """A release that was named is not there, or cannot be read."""


class ConfigError(RelupcError):
    """An argument is wrong."""
