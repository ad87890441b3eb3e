"""A009 version-pattern-not-portable: a pattern that relupc does not read, so that it cannot check the entry."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.appup import Appup
from relupc.model.codes import A009
from relupc.model.coverage import keyed, pattern_of
from relupc.model.diagnostic import Diagnostic

ON = Appup


def check(appup: Appup) -> Iterator[Diagnostic]:
    for entry, subject in keyed(appup):
        pattern = pattern_of(entry.key)
        if pattern is None:
            continue
        from relupc.model.pattern_chars import Refused  # noqa: PLC0415 - many appups have no pattern
        from relupc.model.pattern_samples import problem_of  # noqa: PLC0415

        found = problem_of(pattern)
        if isinstance(found, Refused):
            yield A009.at(
                entry.key.span,
                f"cannot tell what this matches: {found.reason}",
                help="write the versions as strings, or a pattern without this construct",
                notes=("OTP reads it with PCRE, relupc a part of that which means the same everywhere",),
                subject=subject,
                severity="note",
            )
