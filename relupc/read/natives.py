"""The folder of an application -> the native libraries in its `priv`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator

from relupc.model import disk
from relupc.model.files import Files
from relupc.model.product import Native
from relupc.read.file import read_bytes
from relupc.read.tree import ON_DISK, is_folder, names_in

ENDINGS = (".so", ".dylib", ".dll")
MAX_DEPTH, MAX_FILES = 4, 1000


def read_natives(app: str, files: Files = ON_DISK) -> dict[str, Native]:
    """The libraries by their names below `app/priv`, in order. One that cannot be read is left out."""
    found: dict[str, Native] = {}
    for name in _below(os.path.join(app, "priv"), "", files, MAX_DEPTH):
        path = os.path.join(app, "priv", name)
        held = files.texts.get(disk.real(path)) if files.texts else None
        data = read_bytes(path, path) if held is None else held
        if isinstance(data, bytes):
            found[name] = Native(path, hashlib.md5(data, usedforsecurity=False).digest())
        if len(found) >= MAX_FILES:
            break
    return found


def _below(priv: str, inside: str, files: Files, depth: int) -> Iterator[str]:
    for name in names_in(os.path.join(priv, inside), files):
        path = os.path.join(inside, name)
        if name.endswith(ENDINGS):
            yield path
        elif depth and is_folder(os.path.join(priv, path), files):
            yield from _below(priv, path, files, depth - 1)
