"""A005 version-pattern-never-matches: a pattern that OTP does not match with versions that it was written for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relupc.model.appup import Appup
from relupc.model.codes import A005
from relupc.model.coverage import keyed, languages, pattern_of
from relupc.model.diagnostic import Diagnostic, Fix, Severity
from relupc.model.edit import replaced
from relupc.model.layout import flat
from relupc.model.term import Bin
from relupc.model.versions import READABLE

if TYPE_CHECKING:
    from relupc.model.pattern_samples import Language

ON = Appup
WHOLE = "OTP takes the first alternative that fits, and wants it to match the whole version"


def check(appup: Appup) -> Iterator[Diagnostic]:
    patterns = languages(appup.up) | languages(appup.down)
    for entry, subject in keyed(appup):
        language, pattern = patterns.get(entry.key), (pattern_of(entry.key) or b"").decode(errors="replace")
        if language is None:
            continue
        for label, better, note, severity in _mistakes(pattern, language):
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


def _mistakes(pattern: str, language: Language) -> Iterator[tuple[str, str | None, str | None, Severity | None]]:
    """Label, a better pattern, a note, the severity; the first mistake that there is."""
    from relupc.model.pattern_samples import found_in, is_match  # noqa: PLC0415 - many appups have no pattern
    from relupc.model.pattern_text import literal_plus, number_class, with_numbers  # noqa: PLC0415

    wrong, plus = number_class(pattern), literal_plus(pattern)
    missed = sorted(filter(READABLE.fullmatch, language.missed), key=lambda text: "." not in text)
    if language.nothing and language.versions:
        yield "this matches only an empty version", None, None, "warning"
    elif language.nothing:
        yield "this matches no version", None, None, None
    elif wrong:
        one_of = " or ".join(filter(None, (", ".join(wrong.characters[:-1]), wrong.characters[-1:])))
        label = f"`{wrong.text}` is one character, {one_of}, not a number from {wrong.low} to {wrong.high}"
        yield label, with_numbers(pattern, wrong), None, None if wrong.is_sure else "warning"
    elif plus and is_match(language, plus[0]) is False:
        yield f"`+` repeats what is before it: {plus[0]} does not match", plus[1], None, None
    elif missed:
        part = found_in(language, missed[0]) or "the empty text"
        label = f"finds only {part} in {missed[0]}, so {missed[0]} does not match"
        yield label, f"^(?:{pattern})$", WHOLE, None
