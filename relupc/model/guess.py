"""A name that is nowhere, and names that are there -> those that may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

MAX_COMPARED = 50  # names, for one guess: to compare all in full would take minutes where thousands are wrong
MAX_GUESSES = 100  # for one script or text; who has more wrong names than that has another problem


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant; None if no name is near."""
    return next(iter(near(name, names)), None)


def near(name: str, names: Iterable[str]) -> list[str]:
    """The names that may have been meant: those that share two thirds of the letters, the nearest one first.

    The order of `names` does not matter.
    """
    alike = [other for other in names if other[:1] == name[:1] and abs(len(other) - len(name)) <= len(name) // 3]
    if len(alike) > MAX_COMPARED:
        alike = _most_alike(name, sorted(alike))
    return list(_close(name, tuple(alike))) if alike else []


def _most_alike(name: str, names: list[str]) -> list[str]:
    """As many as can be compared, those first that begin or end with the same letters for longest."""
    found: dict[str, None] = {}
    for size in (len(name) - 1, len(name) * 3 // 4, len(name) // 2, len(name) // 4, 1):
        begin, end = name[:size], name[-size:]
        found |= dict.fromkeys(other for other in names if other.startswith(begin) or other.endswith(end))
        if len(found) >= MAX_COMPARED:
            break
    return list(found)[:MAX_COMPARED]


@lru_cache(maxsize=1000)  # the same mistake is often in many entries
def _close(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    import difflib  # noqa: PLC0415 - only for a mistake

    return tuple(difflib.get_close_matches(name, names, n=3, cutoff=0.67))
