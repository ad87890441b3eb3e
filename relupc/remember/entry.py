"""An answer with the notes of its run -> bytes; the bytes of a file -> the same, and whether it still holds.

The file is the user's own, and yet nothing in it is trusted: whatever is not as it was written is no entry.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from relupc.model import disk
from relupc.model.answer import Answer
from relupc.model.progress import Progress
from relupc.model.value import NamedTuple

_HEAD = b"relupc answer 1 "  # the number is that of the form: with another one, an entry of before is none
_SUM = 64  # characters of a checksum
SILENT = Progress()


class Entry(NamedTuple):
    """An answer, the questions that were asked for it with their answers, and digest -> files with these contents."""

    answer: Answer
    asked: list[tuple[str, str, disk.Answer]]
    files: dict[str, list[str]]


def text_of(answer: Answer, notes: disk.Notes) -> bytes:
    """What to keep: a line with a checksum, and JSON."""
    files: dict[str, list[str]] = {}
    for path, told in notes.files.items():
        files.setdefault(told, []).append(path)
    asked = [(question, subject, said) for (question, subject), said in notes.answers.items()]
    document = {"answer": answer, "asked": asked, "files": files}
    # Names of files may be no Unicode: without escapes, two halves of a character stay two.
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"%s%s\n%s" % (_HEAD, sha256(body).hexdigest().encode(), body)


def entry_of(data: bytes) -> Entry | None:
    """What `text_of` made these bytes of; None if it did not."""
    start = len(_HEAD) + _SUM + 1
    body = data[start:]
    if data[:start] != b"%s%s\n" % (_HEAD, sha256(body).hexdigest().encode()):
        return None
    try:
        document = json.loads(body.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
    return _checked(document)


def _checked(document: Any) -> Entry | None:
    """The parts, if they are of the types that they should be of: even with a right checksum it may be forged."""
    match document:
        case {"answer": [0 | 1 | 2 as code, str(err), list(texts)], "asked": list(asked), "files": dict(files)}:
            good = (
                type(code) is int
                and all(_are_texts(text) and len(text) == 2 for text in texts)
                and all(map(_is_asked, asked))
            )
            good = good and all(map(_are_texts, files.values()))
            if not good:
                return None
            answer = Answer(code, err, tuple((file, text) for file, text in texts))
            return Entry(answer, [(question, subject, said) for question, subject, said in asked], files)
    return None


def _is_asked(one: Any) -> bool:
    return isinstance(one, list) and len(one) == 3 and _are_texts(one[:2]) and one[0] in disk.QUESTIONS


def _are_texts(things: Any) -> bool:
    return isinstance(things, list) and set(map(type, things)) == {str}  # thousands: no Python code for each


def unchanged(entry: Entry, progress: Progress = SILENT) -> bool:
    """Whether every question has the same answer now. Contents count, never times: clocks go wrong."""
    try:
        if any(disk.QUESTIONS[question](subject) != said for question, subject, said in entry.asked):
            return False
        files = progress.each(list(entry.files.items()), "comparing", "files")
        return all(_hold(told, paths) for told, paths in files)
    except (OSError, ValueError):  # no working folder, or a path that cannot be one
        return False


def _hold(told: str, paths: list[str]) -> bool:
    """Whether all these files hold what has this digest: the first one is read for that, the others are compared."""
    if told.startswith("!"):
        limit = min(int(told[1:].partition(" ")[0]), disk.MOST)
        return all(disk.digest(disk.read(path, limit), limit) == told for path in paths)
    data = disk.read(paths[0])
    return disk.digest(data, disk.MOST) == told and all(disk.read(path) == data for path in paths[1:])
