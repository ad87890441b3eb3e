"""Patterns for paths, as in a .gitignore: whether one is about a file."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

ANY = "**"


def covers(pattern: str, path: str) -> bool:
    """Whether a pattern fits a path or a folder above it; both have `/`, and the path is clean: no `.`, no `..`.

    `*`, `?` and `[ab]` stand for characters of one name, `**` for any folders, at the end for all that is inside.
    A pattern without `/`, but for one at its end, fits a name in any folder.
    """
    wanted = _parts(pattern)
    end = len(wanted)
    states = _with_skipped({0}, wanted)
    for name in path.split("/"):
        states = _with_skipped({after for at in states for after in _step(wanted, at, name)}, wanted)
        if end in states:
            return True
    return False


def fault_of(pattern: str) -> str | None:
    """Why a pattern can never fit anything; None if it can."""
    if not pattern.strip("/"):
        return "an empty pattern"
    if pattern.startswith("!"):
        return "`!` has no meaning here"
    if ".." in pattern.split("/"):
        return "patterns do not look above the folder of the configuration"
    return None


@lru_cache(maxsize=1024)
def _parts(pattern: str) -> tuple[str, ...]:
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    if "/" not in pattern.rstrip("/"):
        parts.insert(0, ANY)
    if pattern.endswith("/"):
        parts.append(ANY)
    return tuple(parts)


def _step(wanted: tuple[str, ...], at: int, name: str) -> tuple[int, ...]:
    """Where the pattern may be after one more name, from one place in it."""
    if at == len(wanted):
        return ()
    if wanted[at] == ANY:
        return (at, at + 1)
    return (at + 1,) if fnmatchcase(name, wanted[at]) else ()


def _with_skipped(states: set[int], wanted: tuple[str, ...]) -> set[int]:
    """Also the places behind a `**`, which may stand for no folder at all, but for the last one."""
    found = set(states)
    for at in sorted(states):
        while at + 1 < len(wanted) and wanted[at] == ANY:
            at += 1  # noqa: PLW2901 - walks on from there
            found.add(at)
    return found
