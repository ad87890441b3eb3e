"""What a version looks like; two versions in, which of them is the newer one out, where their numbers tell."""

from __future__ import annotations

from itertools import zip_longest

from relupc.model.lazy import regex

VERSION = regex(r"[0-9]+(?:\.[0-9]+)*(?:[-+.~]?[A-Za-z][0-9A-Za-z.+-]*+)?")
READABLE = regex(r"[0-9A-Za-z][0-9A-Za-z.+~_-]*+")  # what a version may be at all
NUMBERS = regex(r"[0-9]+(?:\.[0-9]+)*")
_OF_A_PATTERN = regex(r"[][\\*?|^$(){}]")
_TEMPLATE = regex(r"\{[{A-Za-z_]|<%|\$[{(A-Za-z_]|%[A-Za-z_]+%|@[A-Za-z_]+@")


def compared(one: str, other: str) -> int | None:
    """-1, 0 or 1 as `one` is older than, equal to or newer than `other`; None where that is not clear.

    Only the numbers in front count: what comes behind them, such as `-rc.1`, is read in many ways.
    """
    if one == other:
        return 0
    found, against = NUMBERS.match(one), NUMBERS.match(other)
    if not found or not against:
        return None
    for left, right in zip_longest(_parts(found[0]), _parts(against[0]), fillvalue="0"):
        a, b = (len(left), left), (len(right), right)  # numbers as texts: they may be of any length
        if a != b:
            return -1 if a < b else 1
    return None


def _parts(text: str) -> list[str]:
    return [part.lstrip("0") or "0" for part in text.split(".")]


def is_template(text: str) -> bool:
    """Whether a string has a place that a build tool fills in, such as `{{vsn}}` or `%VSN%`."""
    return _TEMPLATE.search(text) is not None


def looks_like_pattern(text: str) -> bool:
    """Whether a string has characters that mean something in a pattern and nothing in a version."""
    return _OF_A_PATTERN.search(text) is not None and not is_template(text)
