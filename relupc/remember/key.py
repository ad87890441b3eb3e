"""A command line and where it is given -> the name of its answer: another relupc, Python or setting has another one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_CODE = (".py", ".pyc", ".lark")
_INSTALLED = (".dist-info", ".egg-info", ".egg-link", ".pth")


def key_of(parts: Iterable[object], package: str = _PACKAGE, path: Iterable[str] | None = None) -> str | None:
    """A name for what `parts` are, which have no addresses in their `repr`; None if nobody can tell what code runs.

    `package` is the folder of relupc's own code, `path` is where Python looks for libraries.
    """
    try:
        folder = os.getcwd()
        code = _code(package)
    except OSError:
        return None
    if not code:  # it is in an archive
        return None
    libraries = sorted(_installed(sys.path if path is None else path))
    whole = (folder, sys.version, sys.platform, sys.getfilesystemencoding(), code, libraries, *parts)
    return sha256(repr(whole).encode("utf-8", "surrogateescape")).hexdigest()


def _code(package: str) -> list[tuple[str, str]]:
    """Each file of relupc itself, with a digest: a version number says nothing while somebody works on it."""
    grammar = os.path.join(package, os.pardir, "grammar")  # in a checkout it is not inside
    found = []
    for folder in (package, grammar):
        for base, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if name != "__pycache__"]
            found += [os.path.join(base, name) for name in names if name.endswith(_CODE)]
    return [(path, _digest(path)) for path in sorted(found)]


def _digest(path: str) -> str:
    with open(path, "rb") as file:
        return sha256(file.read()).hexdigest()


def _installed(path: Iterable[str]) -> Iterator[str]:
    """The names of the libraries that are installed, which have their versions in them."""
    for folder in path:
        try:
            yield from (os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(_INSTALLED))
        except OSError:  # not there, or an archive
            continue
