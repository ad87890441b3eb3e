"""Findings in, a baseline of them out; findings and a baseline in, what is known already and what is gone out."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence

from relupc.model.baseline import VERSION, Recorded
from relupc.model.codes import T012
from relupc.model.diagnostic import Diagnostic
from relupc.model.fingerprint import fingerprints
from relupc.model.selection import ALWAYS
from relupc.model.value import replace

MAX_NAMES = 4


def by_baseline(
    diagnostics: Sequence[Diagnostic], firm: Collection[int], baseline: Iterable[Recorded]
) -> list[Diagnostic]:
    """Mark what is in the baseline, but for the diagnostics whose places in the list are `firm`.

    The diagnostics are all of a run, in the order of reports.
    """
    known = {one.fingerprint for one in baseline}
    marks = zip(diagnostics, fingerprints(diagnostics), strict=True)
    return [
        replace(d, suppressed="baseline")
        if fingerprint in known and not d.suppressed and number not in firm and d.code.code not in ALWAYS
        else d
        for number, (d, fingerprint) in enumerate(marks)
    ]


def recorded(
    diagnostics: Sequence[Diagnostic], firm: Collection[int], inside: Callable[[str], str | None]
) -> list[Recorded]:
    """The baseline of these diagnostics, in order: all that is shown, and what another baseline hides."""
    found = [
        Recorded(inside(d.file or "") or d.file or "", d.code.code, fingerprint, d.message)
        for number, (d, fingerprint) in enumerate(zip(diagnostics, fingerprints(diagnostics), strict=True))
        if d.suppressed in (None, "baseline")
        and number not in firm
        and d.code.code not in ALWAYS
        and d.code is not T012
    ]
    return sorted(found)


def text_of(baseline: Iterable[Recorded]) -> str:
    """The file: JSON in ASCII, a line for each finding, so that two versions of it can be merged."""
    lines = (
        json.dumps({"fingerprint": one.fingerprint, "code": one.code, "path": one.path, "message": one.message})
        for one in baseline
    )
    findings = ",\n".join(f"    {line}" for line in lines)
    return f'{{\n  "version": {VERSION},\n  "findings": [' + (f"\n{findings}\n  " if findings else "") + "]\n}\n"


def stale(baseline: Sequence[Recorded], path: str, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """One note on what the baseline names, but does not occur any more in all that was looked at."""
    there = set(fingerprints(diagnostics))
    gone = [one for one in baseline if one.fingerprint not in there]
    if not gone:
        return []
    names = [f"{one.code} in {one.path}" if one.path else one.code for one in gone[:MAX_NAMES]]
    more = f" and {len(gone) - MAX_NAMES} more" if len(gone) > MAX_NAMES else ""
    what = "1 finding does" if len(gone) == 1 else f"{len(gone)} findings do"
    label = f"{what} not occur any more: {', '.join(names)}{more}"
    return [T012.at(None, label, path=path, help="write it again with --write-baseline")]
