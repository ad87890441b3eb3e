"""The key of an appup's entry in, why no version can ever lead there out, with what to write instead."""

from __future__ import annotations

from relupc.model.layout import flat
from relupc.model.term import Atom, Bin, Float, Int, Term, as_string, is_known, string
from relupc.model.value import NamedTuple
from relupc.model.versions import VERSION, looks_like_pattern

ESCAPE = "escape what is meant literally, as in `1\\.0`"
BADARG = "OTP crashes with `badarg` when its search gets to this entry"
SKIPPED = "OTP skips such an entry without a word"
A_STRING = 'write the version as a string, as in `"1.2.0"`'
A_BINARY = 'write a pattern as a binary, as in `<<"1\\\\.2\\\\.[0-9]+">>`'


class KeyFault(NamedTuple):
    """What is wrong with a key; `better` is what to write in its place, `refused` says that OTP crashes there."""

    label: str
    better: str | None
    help: str
    note: str
    refused: bool = False


def key_fault(key: Term) -> KeyFault | None:
    """Why a key is for no version; None if it may be for one."""
    if not is_known(key):
        return None
    text = as_string(key)
    if isinstance(key, Bin) and not key.unused:
        return _of_pattern(key.data)
    if text is not None and text.strip() != text:
        return KeyFault("no version has white space at its ends", flat(string(text.strip())), A_STRING, SKIPPED)
    if text is not None:
        return _of_string(text) if looks_like_pattern(text) else None
    name = _as_name(key)
    better = flat(string(name)) if VERSION.fullmatch(name) else None
    return KeyFault("a version is a string: this equals none", better, A_STRING, SKIPPED)


def _of_pattern(pattern: bytes) -> KeyFault | None:
    from relupc.model.pattern_chars import Invalid  # noqa: PLC0415 - many appups have no pattern
    from relupc.model.pattern_samples import problem_of  # noqa: PLC0415
    from relupc.model.pattern_text import number_class, with_numbers  # noqa: PLC0415

    found = problem_of(pattern)
    if not isinstance(found, Invalid):
        return None
    text = pattern.decode(errors="replace")
    wrong = number_class(text)
    meant = with_numbers(text, wrong) if wrong else None
    better = flat(Bin(meant.encode())) if meant and not problem_of(meant.encode()) else None
    return KeyFault(f"not a regular expression: {found.reason}", better, ESCAPE, BADARG, True)


def _of_string(text: str) -> KeyFault:
    from relupc.model.pattern_text import as_pattern  # noqa: PLC0415 - see below

    meant = as_pattern(text)
    better = flat(Bin(meant.encode())) if meant else None
    return KeyFault("a string is no pattern: only this very text equals it", better, A_BINARY, SKIPPED)


def _as_name(key: Term) -> str:
    match key:
        case Atom(name):
            return name
        case Float(_, span) | Int(_, span) if span:
            return span.text
    return ""
