"""A baseline file in, what it holds out, or why it cannot be used (T003, T007, T013)."""

from __future__ import annotations

import json
import re

from relupc.model.baseline import VERSION, Recorded
from relupc.model.codes import T013
from relupc.model.diagnostic import Diagnostic
from relupc.model.source import Source, Span
from relupc.read.file import read_source

_FINGERPRINT = re.compile("[0-9a-f]{16}")
_AGAIN = "delete it, and write it again with --write-baseline"


def read_baseline(path: str) -> tuple[Recorded, ...] | Diagnostic:
    """The findings of a baseline, in the order of the file."""
    source = read_source(path)
    if not isinstance(source, Source):
        return source.diagnostic
    try:
        document = json.loads(source.text)
    except json.JSONDecodeError as error:
        at = min(error.pos, len(source.text))
        return T013.at(Span(source, at, at + 1), "this baseline is no JSON from here on", help=_AGAIN)
    except (ValueError, RecursionError):
        return T013.at(None, "this baseline is nested too deep, or has a number too big", path=path, help=_AGAIN)
    version = document.get("version") if isinstance(document, dict) else None
    if version != VERSION or isinstance(version, bool):
        label = f"this baseline has version {version!r:.20}" if version is not None else "this is no baseline"
        return T013.at(None, f"{label}; this relupc knows version {VERSION}", path=path, help=_AGAIN)
    entries = document.get("findings")
    found = [_recorded(entry) for entry in entries] if isinstance(entries, list) else [None]
    known = tuple(entry for entry in found if entry)
    if len(known) < len(found):
        number = found.index(None) + 1
        what = f"finding {number} of this baseline" if isinstance(entries, list) else "`findings` of this baseline"
        return T013.at(None, f"{what} is not what relupc writes", path=path, help=_AGAIN)
    return known


def _recorded(entry: object) -> Recorded | None:
    """One finding; None if it is none. More keys than are known do no harm."""
    if not isinstance(entry, dict):
        return None
    parts = [entry.get(key) for key in ("path", "code", "fingerprint", "message")]
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) < len(parts) or not _FINGERPRINT.fullmatch(texts[2]):
        return None
    return Recorded(*texts)
