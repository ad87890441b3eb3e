"""What a run has to say in, its text in one of the formats out; and what all formats agree on.

A format's module is imported when it is first used, so that one format costs nothing to the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from relupc.model.diagnostic import Diagnostic, ordered
from relupc.model.value import dataclass, field


@dataclass(frozen=True, slots=True)
class Style:
    """How to print: `width` in columns; `max_frames` findings are shown with their source, the rest in a line each.

    With `statistics` the formats for people count the findings instead of showing them.
    """

    color: bool = False
    width: int = 100
    max_frames: int = 20
    quiet: int = 0
    statistics: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a format may say of one run.

    `files` were read. `tables` is text between the headline and what was found, `summary` text behind that. `failing`
    says which setting makes the exit code other than 0 (`fail-on = warning`). `version` is relupc's own. `skipped` are
    the codes of rules that had nothing to look at, by what they need. `excluded` were named, but are excluded by the
    configuration. `root` is the folder of the repository and `folder` the working folder, both absolute: see place.py.
    """

    command: str
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...]
    headline: str = ""
    tables: str = ""
    summary: str = ""
    failing: str = ""
    version: str = ""
    skipped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: tuple[str, ...] = ()
    root: str = ""
    folder: str = ""


def distinct(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """In order, without those that say the same again of another direction, version or application."""
    found: dict[object, Diagnostic] = {}
    for d in ordered(diagnostics):
        found.setdefault((d.reading, d.suppressed), d)
    return list(found.values())


def shown(report: Report) -> list[Diagnostic]:
    """The findings for readers: distinct ones that nothing suppresses."""
    return distinct(d for d in report.diagnostics if d.suppressed is None)


def _full(report: Report, style: Style) -> str:
    from relupc.report.full import full  # noqa: PLC0415 - see above

    return full(report, style)


def _concise(report: Report, style: Style) -> str:
    from relupc.report.concise import concise  # noqa: PLC0415 - see above

    return concise(report, style)


def _json(report: Report, style: Style) -> str:
    from relupc.report.json import json_document  # noqa: PLC0415 - see above

    return json_document(report, style)


def _sarif(report: Report, style: Style) -> str:
    from relupc.report.sarif import sarif  # noqa: PLC0415 - see above

    return sarif(report, style)


def _github(report: Report, style: Style) -> str:
    from relupc.report.github import github  # noqa: PLC0415 - see above

    return github(report, style)


def _gitlab(report: Report, style: Style) -> str:
    from relupc.report.gitlab import gitlab  # noqa: PLC0415 - see above

    return gitlab(report, style)


def _junit(report: Report, style: Style) -> str:
    from relupc.report.junit import junit  # noqa: PLC0415 - see above

    return junit(report, style)


FORMATS: dict[str, Callable[[Report, Style], str]] = {
    "full": _full,
    "concise": _concise,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
}
