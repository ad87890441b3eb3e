"""Two versions in, which of them is the newer one out, where their numbers tell."""

from __future__ import annotations

import re
from itertools import zip_longest

_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")


def compared(one: str, other: str) -> int | None:
    """-1, 0 or 1 as `one` is older than, equal to or newer than `other`; None where that is not clear.

    Only the numbers in front count: what comes behind them, such as `-rc.1`, is read in many ways.
    """
    if one == other:
        return 0
    found, against = _NUMBERS.match(one), _NUMBERS.match(other)
    if not found or not against:
        return None
    for left, right in zip_longest(_parts(found[0]), _parts(against[0]), fillvalue="0"):
        a, b = (len(left), left), (len(right), right)  # numbers as texts: they may be of any length
        if a != b:
            return -1 if a < b else 1
    return None


def _parts(text: str) -> list[str]:
    return [part.lstrip("0") or "0" for part in text.split(".")]
