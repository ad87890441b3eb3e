"""The folder of an application -> what its C sources say of the native code of modules (erl_nif of OTP)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from relupc.model import disk
from relupc.model.files import Files
from relupc.read.file import read_bytes
from relupc.read.tree import ON_DISK, is_folder, names_in

ENDINGS = (".c", ".cc", ".cpp", ".cxx", ".h", ".hpp")
FOLDERS = ("c_src", "src", "native", ".")
MAX_DEPTH, MAX_FILES = 2, 200
_MACRO = b"ERL_NIF_INIT"
_AS_FAR_AS = 500  # characters, in which its arguments stand
_COMMENT = re.compile(rb"/\*[^*]*\*/|//[^\n]*")
_NONE = ("NULL", "0", "nullptr")


def nif_upgrades(app: str, files: Files = ON_DISK) -> dict[str, bool]:
    """Module -> whether its library has an upgrade callback, for each ERL_NIF_INIT that can be read."""
    found: dict[str, bool] = {}
    for number, path in enumerate(_sources(app, files)):
        if number >= MAX_FILES:
            break
        held = files.texts.get(disk.real(path)) if files.texts else None
        data = read_bytes(path, path) if held is None else held
        if isinstance(data, bytes):
            found |= dict(_macros(data))
    return found


def _macros(data: bytes) -> Iterator[tuple[str, bool]]:
    """ERL_NIF_INIT(Module, functions, load, reload, upgrade, unload)."""
    at = data.find(_MACRO)
    while at >= 0:
        text = _COMMENT.sub(b" ", data[at + len(_MACRO) : at + len(_MACRO) + _AS_FAR_AS]).lstrip()
        inside, closed, _ = text[1:].partition(b")")
        parts = [part.strip().decode("latin-1") for part in inside.split(b",")]
        if text[:1] == b"(" and closed and len(parts) == 6 and parts[0]:
            yield parts[0], parts[4] not in _NONE
        at = data.find(_MACRO, at + len(_MACRO))


def _sources(app: str, files: Files) -> Iterator[str]:
    """The C sources of an application; of a build that links to its `src`, those beside that, too."""
    seen: set[str] = set()
    for top in (app, os.path.join(disk.real(os.path.join(app, "src")), "..")):
        for name in FOLDERS:
            folder = os.path.normpath(os.path.join(top, name))
            if disk.real(folder) not in seen:
                seen.add(disk.real(folder))
                yield from _below(folder, files, MAX_DEPTH if name != "." else 0)


def _below(folder: str, files: Files, depth: int) -> Iterator[str]:
    for name in names_in(folder, files):
        path = os.path.join(folder, name)
        if name.endswith(ENDINGS):
            yield path
        elif depth and is_folder(path, files):
            yield from _below(path, files, depth - 1)
