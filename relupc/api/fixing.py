"""Files and releases named by users -> what fixes make of the files, and what is left to say. Nothing is written."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence

from relupc.api.lint import examine
from relupc.fix import Edit, chosen, edited, wanted
from relupc.model.config import Config
from relupc.model.diagnostic import Diagnostic, ordered
from relupc.model.outcome import Linted, Options
from relupc.model.source import Source
from relupc.model.value import NamedTuple, dataclass, replace
from relupc.patch import patch
from relupc.read.file import decode, encoding_of, read_bytes

MAX_ROUNDS = 10
UNREADABLE = frozenset({"T001", "T002", "T003", "T007", "A001"})


class Change(NamedTuple):
    """A file, and what it holds before and after the fixes."""

    path: str
    old: bytes
    new: bytes


@dataclass(frozen=True, slots=True)
class Mended:
    """What fixes came to: the files that change, how many problems that solves, and what is left to say.

    `broken` is what a fix did to a file that could be read before: a bug of relupc. Then there are no changes.
    """

    linted: Linted
    changes: tuple[Change, ...] = ()
    solved: int = 0
    broken: Diagnostic | None = None


def mend(paths: Sequence[str], old: Sequence[str], options: Options, config: Config, unsafe: bool) -> Mended:
    """Make the fixes, in rounds: after each all is looked at again, and what was in the way of another fix is gone."""
    linted = examine(paths, old, options, config)
    changes: dict[str, Change] = {}
    solved = 0
    for _ in range(MAX_ROUNDS):
        found = [d for d in wanted(ordered(linted.diagnostics), unsafe) if _may_change(d, paths, options)]
        round_changes, made = _one_round(found, options)
        if not round_changes:
            break
        solved += made
        options = replace(options, texts={**options.texts, **{real: c.new for real, c in round_changes.items()}})
        after = examine(paths, old, options, config)
        if broken := _newly_unreadable(linted, after):
            return Mended(linted, broken=broken)
        linted = after
        for real, change in round_changes.items():
            changes[real] = change._replace(old=changes[real].old) if real in changes else change
    return Mended(linted, tuple(c for c in changes.values() if c.old != c.new), solved)


def _may_change(diagnostic: Diagnostic, paths: Sequence[str], options: Options) -> bool:
    """Whether all that a fix would change was given to relupc: what lies in the OTP that it found by itself was not."""
    files = {os.path.realpath(span.source.path) for span, _ in diagnostic.fix.edits} if diagnostic.fix else set()
    roots = [os.path.realpath(path) for path in paths if path != "-"]
    if "-" not in paths:
        roots.append(os.path.realpath("."))
    return all(file in options.texts or any(_is_below(file, root) for root in roots) for file in files)


def _is_below(file: str, root: str) -> bool:
    return file == root or file.startswith(os.path.join(root, ""))


def _one_round(found: Iterable[Diagnostic], options: Options) -> tuple[dict[str, Change], int]:
    """The files that change, by their real paths, and how many problems that solves."""
    edits, made = chosen(found)
    sources = {span.source.path: span.source for d in made if d.fix for span, _ in d.fix.edits}
    changes = {}
    for path, of_file in edits.items():
        if change := _changed(sources[path], of_file, options):
            changes[os.path.realpath(path)] = change
    unchanged = {path for path in edits if os.path.realpath(path) not in changes}
    solved = {d.reading for d in made if d.fix and not any(span.source.path in unchanged for span, _ in d.fix.edits)}
    return changes, len(solved)


def _changed(source: Source, edits: list[Edit], options: Options) -> Change | None:
    """A file with edits made, byte for byte the same elsewhere.

    None if it cannot be had: it is not what was read any more, or its encoding has no such characters.
    """
    given = options.texts.get(os.path.realpath(source.path))
    old = read_bytes(source.path, source.path) if given is None else given
    if not isinstance(old, bytes) or decode(old, source.path).text != source.text:
        return None
    encoding = encoding_of(old)
    try:
        new = edited(old.decode(encoding, "surrogateescape"), edits).encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return None
    return Change(source.path, old, new) if new != old else None


def _newly_unreadable(before: Linted, after: Linted) -> Diagnostic | None:
    """What keeps a file from being read that could be read before."""
    known = {_file(d) for d in before.diagnostics if d.code.code in UNREADABLE}
    return next((d for d in after.diagnostics if d.code.code in UNREADABLE and _file(d) not in known), None)


def _file(diagnostic: Diagnostic) -> str | None:
    return diagnostic.span.source.path if diagnostic.span else diagnostic.path


def patch_of(mended: Mended) -> bytes:
    """All changes as one patch, with paths relative to the working folder."""
    return b"".join(patch(relative(c.path), c.old, c.new) for c in sorted(mended.changes))


def relative(path: str) -> str:
    with contextlib.suppress(ValueError):  # on another drive there is no relative path
        path = os.path.relpath(path)
    return path.replace(os.sep, "/")
