"""A005 version-pattern-never-matches: a pattern that OTP does not match with versions that it was written for."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.appup import Appup
from relupc.model.codes import A005
from relupc.model.coverage import keyed, languages, pattern_of
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.layout import flat
from relupc.model.term import Bin

ON = Appup


def check(appup: Appup) -> Iterator[Diagnostic]:
    patterns = languages(appup.up) | languages(appup.down)
    for entry, subject in keyed(appup):
        language, pattern = patterns.get(entry.key), (pattern_of(entry.key) or b"").decode(errors="replace")
        if language is None:
            continue
        from relupc.rules.pattern_mistakes import mistakes  # noqa: PLC0415 - many appups have no pattern

        for label, better, note, severity in mistakes(pattern, language):
            text = flat(Bin(better.encode())) if better else None
            yield A005.at(
                entry.key.span,
                label,
                help=f"write `{text}`" if text else "write a pattern that matches the whole of a version",
                notes=(note,) if note else (),
                subject=subject,
                severity=severity,
                fix=Fix(f"write `{text}`", replaced(entry.key, text), safe=False) if text else None,
            )
