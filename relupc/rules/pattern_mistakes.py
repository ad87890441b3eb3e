"""What is wrong with a version pattern, for A005."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.diagnostic import Severity
from relupc.model.pattern_samples import Language, found_in, is_match
from relupc.model.pattern_text import literal_plus, number_class, with_numbers
from relupc.model.versions import READABLE

WHOLE = "OTP takes the first alternative that fits, and wants it to match the whole version"


def mistakes(pattern: str, language: Language) -> Iterator[tuple[str, str | None, str | None, Severity | None]]:
    """Label, a better pattern, a note, the severity; the first mistake that there is."""
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
