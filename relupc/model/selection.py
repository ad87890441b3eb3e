"""Words by which people mean codes -> the codes: `A104`, `a104`, its name, a prefix (`A3`), `default`, `all`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from relupc.model.codes import TABLE
from relupc.model.diagnostic import Code, Severity

# What keeps relupc from looking at all, and from showing all: it cannot be silenced, nor made less of.
ALWAYS = frozenset({"T001", "T002", "T003", "T007", "T008", "T013", "T015"})
_LOOK_ALIKE = str.maketrans("OIL", "011")
_BY_NAME = {code.name: code for code in TABLE.values()}


def code_called(word: str) -> Code | None:
    """The one code of this name or number."""
    return TABLE.get(word.upper()) or _BY_NAME.get(word.lower())


def codes_meant(word: str) -> tuple[Code, ...]:
    """The codes that a word of --select stands for; none for a word that means nothing."""
    if word in ("all", "default"):
        return tuple(TABLE.values())
    one = code_called(word)
    if one:
        return (one,)
    if not re.fullmatch("[ARCDT][0-9]{0,2}", word, re.IGNORECASE):
        return ()
    return tuple(code for code in TABLE.values() if code.code.startswith(word.upper()))


def selected(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The codes in force; `ignore` wins. Words that mean nothing count for nothing."""
    chosen = {code.code for word in select for code in codes_meant(word)}
    return frozenset(chosen - {code.code for word in ignore for code in codes_meant(word)})


def levels(severity: Mapping[str, Severity]) -> dict[str, Severity]:
    """The severity of each code that words name; the word that means fewer codes wins."""
    by_size = sorted(severity, key=lambda word: -len(codes_meant(word)))
    return {code.code: severity[word] for word in by_size for code in codes_meant(word) if code.code not in ALWAYS}


def nearest_word(word: str) -> str | None:
    """The code or name that was probably meant."""
    import difflib  # noqa: PLC0415 - only for a mistake

    number = word[:1].upper() + word[1:].upper().translate(_LOOK_ALIKE)
    if number in TABLE:
        return number
    known = [*TABLE, *_BY_NAME, "default", "all"]
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.67)), None)
