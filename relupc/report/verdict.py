"""A run in, its last lines out: what was skipped, how many problems there are, and what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from relupc.model.diagnostic import SEVERITIES, Diagnostic
from relupc.report import Report, distinct

# What a rule needs -> the verb for one rule and for several, what it needs, and how to give it.
_NEEDS = {
    "app": ("needs", "need", "the .app file", ""),
    "build": ("needs", "need", "a build", ""),
    "release": ("needs", "need", "a release", ""),
    "builds": ("compares", "compare", "two builds", " (--from OLD)"),
}


def verdict(report: Report, found: list[Diagnostic], *, quiet: bool) -> str:
    """The last lines, for what is shown of the run; empty if there is nothing to say."""
    if found:
        skipped = "" if quiet else _skipped(report)
        return f"{skipped}\n{_counted(report, found)}".strip("\n")
    return "" if quiet or report.summary else _clean(report)


def many(count: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _skipped(report: Report) -> str:
    """`9 rules were skipped: they compare two builds (--from OLD).`"""
    total = sum(map(len, report.skipped.values()))
    if not total:
        return ""
    verb = "was" if total == 1 else "were"
    return f"{many(total, 'rule')} {verb} skipped: {_reasons(report.skipped, hints=True)}."


def _reasons(skipped: Mapping[str, tuple[str, ...]], *, hints: bool) -> str:
    """`they compare two builds`, or for several needs `2 need the .app file, 7 a release, 15 compare two builds`."""
    needs = [(need, len(codes)) for need in _NEEDS if (codes := skipped.get(need))]
    parts, before = [], ""
    for need, count in needs:
        one, several, what, hint = _NEEDS[need]
        verb = one if count == 1 else several
        subject = ("it" if count == 1 else "they") if len(needs) == 1 else str(count)
        said = f" {verb}" if several != before else ""
        parts.append(f"{subject}{said} {what}{hint if hints else ''}")
        before = several
    return ", ".join(parts)


def _counted(report: Report, found: list[Diagnostic]) -> str:
    """`2 errors. No relup written. ...`, or for lint `4 problems in 1 file: 1 error, 3 warnings; ...`."""
    counts = Counter(d.severity for d in found)
    by_severity = ", ".join(many(counts[severity], severity) for severity in SEVERITIES if counts[severity])
    errors = [d.code.code for d in found if d.severity == "error"]
    if report.command == "lint":
        first = f"{many(len(found), 'problem')} in {_where(report, found)}: {by_severity}"
        sentences = ["; ".join((first, *_fixable(found), *_hidden(report)))]
    else:
        sentences = ["; ".join((by_severity, *_hidden(report)))]
        sentences += ["No relup written"] if errors and report.command == "compile" else []
    if report.failing:
        sentences.append(f"Failing because of: {report.failing}")
    elif errors and report.command == "compile":
        more = f"More about {'it' if len(found) == 1 else 'one'}: relupc explain {errors[0]}"
        return ". ".join((*sentences, more))
    return ". ".join(sentences) + "."


def _where(report: Report, found: list[Diagnostic]) -> str:
    """How many files have a problem; of two releases how many applications, where each is about one."""
    apps = {d.subject.app for d in found}
    if report.headline and None not in apps:
        return many(len(apps), "application")
    files = {d.file for d in found} - {None}
    return many(len(files), "file") if files else "the arguments"


def _fixable(found: list[Diagnostic]) -> Iterator[str]:
    """`2 can be fixed with --fix`; which fixes are not safe is said where they are shown."""
    if safe := sum(d.fix is not None and d.fix.safe for d in found):
        yield f"{safe} can be fixed with --fix"


def _hidden(report: Report) -> Iterator[str]:
    """`3 suppressed, 12 in the baseline, 1 excluded`."""
    hidden = Counter(d.suppressed for d in distinct(d for d in report.diagnostics if d.suppressed))
    baseline = hidden.pop("baseline", 0)
    counts = ((hidden.total(), "suppressed"), (baseline, "in the baseline"), (len(report.excluded), "excluded"))
    said = ", ".join(f"{count} {what}" for count, what in counts if count)
    if said:
        yield said


def _clean(report: Report) -> str:
    """`checked 14 files: no problems (9 rules skipped: they compare two builds)`."""
    if report.excluded and not report.files:
        count = len(report.excluded)
        return f"checked 0 files: {count} {'is' if count == 1 else 'are'} excluded by the configuration (--no-exclude)"
    notes = list(_hidden(report))
    if total := sum(map(len, report.skipped.values())):
        notes.append(f"{many(total, 'rule')} skipped: {_reasons(report.skipped, hints=False)}")
    return f"checked {many(len(report.files), 'file')}: no problems" + (f" ({'; '.join(notes)})" if notes else "")
