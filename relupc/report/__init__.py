"""What a run has to say in, its text in one of the formats out; and what all formats agree on.

A format's module is imported when it is first used, so that one format costs nothing to the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from relupc.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Style:
    """How to print: `width` in columns; `max_frames` findings are shown with their source, the rest in a line each."""

    color: bool = False
    width: int = 100
    max_frames: int = 20
    quiet: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a format may say of one run.

    `files` is how many were read. `summary` is the text of the command's tables. `failing` says which
    setting makes the exit code other than 0 (`fail-on = warning`). `version` is relupc's own.
    """

    command: str
    diagnostics: tuple[Diagnostic, ...]
    files: int
    headline: str = ""
    summary: str = ""
    failing: str = ""
    version: str = ""


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By path, place and code; what is equal so far by what it says, so that the order found does not matter."""
    return sorted(diagnostics, key=lambda d: (_said(d), _subject(d)))


def distinct(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """In order, without those that say the same again of another direction, version or application."""
    found: dict[tuple[str | int, ...], Diagnostic] = {}
    for d in ordered(diagnostics):
        found.setdefault(_said(d), d)
    return list(found.values())


def _said(d: Diagnostic) -> tuple[str | int, ...]:
    """What a reader sees of a diagnostic, place and code first."""
    path, start, end = (d.span.source.path, d.span.start, d.span.end) if d.span else (d.path or "", -1, -1)
    labels = (f"{label.span.source.path}:{label.span.start}:{label.span.end}:{label.text}" for label in d.labels)
    return path, start, d.code.code, end, d.severity, d.label, d.help or "", "\n".join(d.notes), "\n".join(labels)


def _subject(d: Diagnostic) -> tuple[str, ...]:
    s = d.subject
    return tuple(part or "" for part in (s.app, s.module, s.function, s.direction, s.old, s.new))


def _full(report: Report, style: Style) -> str:
    from relupc.report.full import full  # noqa: PLC0415 - see above

    return full(report, style)


def _concise(report: Report, style: Style) -> str:
    from relupc.report.concise import concise  # noqa: PLC0415 - see above

    return concise(report, style)


def _json(report: Report, style: Style) -> str:
    from relupc.report.json import json_document  # noqa: PLC0415 - see above

    return json_document(report, style)


FORMATS: dict[str, Callable[[Report, Style], str]] = {"full": _full, "concise": _concise, "json": _json}
