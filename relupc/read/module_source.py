"""A compiled module -> the source text that it was made of, if that is near."""

from __future__ import annotations

import os
from collections.abc import Iterable

from relupc.model.files import Files
from relupc.model.source import Source
from relupc.read.file import read_source
from relupc.read.tree import ON_DISK, is_file


def module_source(beam: str, compiled_from: str | None, files: Files = ON_DISK) -> Source | None:
    """The source text of the .beam file at `beam`; `compiled_from` is the path that the compiler noted.

    That path is taken if it leads to a file here, else what lies at the same place below the application's folder, or
    below `src` there. None if there is none.
    """
    for path in _candidates(os.path.dirname(beam) or ".", compiled_from):
        if is_file(path, files):
            shown = os.path.relpath(path) if os.path.isabs(path) and _below(path) else path
            source = read_source(shown, texts=files.texts)
            return source if isinstance(source, Source) else None
    return None


def _below(path: str) -> bool:
    try:
        return not os.path.relpath(path).startswith("..")
    except (OSError, ValueError):
        return False


def _candidates(ebin: str, compiled_from: str | None) -> Iterable[str]:
    if not compiled_from or "\0" in compiled_from or not compiled_from.endswith((".erl", ".ex", ".gleam", ".lfe")):
        return
    top = os.path.normpath(os.path.join(ebin, ".."))
    parts = compiled_from.replace("\\", "/").split("/")
    for start in range(max(0, len(parts) - 4), len(parts)):  # the folder src, and what is below it
        yield os.path.join(top, *parts[start:])
    yield os.path.join(top, "src", parts[-1])
    if os.path.isabs(compiled_from):
        yield compiled_from
