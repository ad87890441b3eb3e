"""The files of a checkout -> the applications in it: in the folder itself, and in those below `apps` and `lib`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from posixpath import dirname

from relupc.model.checkout import Declared
from relupc.model.source import Span
from relupc.model.term import Atom, List, Term, Tuple, as_string
from relupc.read.file import Unreadable, decode, read_bytes
from relupc.read.template import is_version
from relupc.read.text import read_first

_PLACE = r"(?P<folder>(?:(?:apps|lib)/[^/]+/)?)"
_SOURCES = (  # the first that a folder has counts
    re.compile(_PLACE + r"src/(?P<app>[^/]+)\.app\.src"),
    re.compile(_PLACE + r"mix\.exs"),
    re.compile(_PLACE + r"ebin/(?P<app>[^/]+)\.app"),
)
_MEMBER = re.compile(r"(?:apps|lib)/[^/]+")
_MIX_APP = re.compile(r"\bapp:[ \t\r\n]{0,99}:([a-z_][A-Za-z0-9_]{0,254})")
_MIX_VERSION = re.compile(r"(?:\bversion:|@version)[ \t\r\n]{0,99}\"([^\"\n#]{1,255})\"")
#: The folders of an application whose files are built from, or are part of what is built.
_BUILT = ("src", "include", "lib", "priv", "c_src", "native", "asn1", "mibs", "ebin", "config")


def applications_in(root: str, files: Iterable[str], submodules: Iterable[str]) -> list[Declared]:
    """The applications among the files that git has below `root`, in the order of their folders.

    A submodule in the place of an application is looked for on disk.
    """
    names = [*files, *(file for place in submodules if _MEMBER.fullmatch(place) for file in _on_disk(root, place))]
    chosen: dict[str, Declared] = {}
    for pattern in _SOURCES:
        for name in sorted(names):
            found = pattern.fullmatch(name)
            folder = found["folder"].rstrip("/") or "." if found else ""
            if found and folder not in chosen:
                data = read_bytes(os.path.join(root, name), name)
                shown = os.path.normpath(os.path.join(root, name))
                one = declared(name, folder, data, shown) if isinstance(data, bytes) else None
                if one:
                    chosen[folder] = one
    return sorted(chosen.values(), key=lambda one: (one.folder, one.app))


def declared(file: str, folder: str, data: bytes, shown: str) -> Declared | None:
    """What a file that describes an application says of it; None if it describes none, as the mix.exs of an umbrella.

    `shown` is its path for diagnostics.
    """
    source = decode(data, shown)
    if file.endswith("mix.exs"):
        name, vsn = _MIX_APP.search(source.text), _MIX_VERSION.search(source.text)
        span = Span(source, vsn.start(1) - 1, vsn.end(1) + 1) if vsn else None
        return Declared(name[1], folder, file, vsn[1] if vsn else None, span) if name else None
    name_of_file = re.sub(r"\.app(\.src)?$", "", os.path.basename(file))
    return Declared(name_of_file, folder, file, *_vsn(read_first(source)))


def _vsn(term: Term | Unreadable) -> tuple[str | None, Span | None]:
    """The version of an application resource file, if it is written there, and where."""
    match term:
        case Tuple((Atom("application"), Atom(), List(items))):
            for item in items:
                match item:
                    case Tuple((Atom("vsn"), value)):
                        text = as_string(value)
                        return text if text and is_version(text) else None, value.span
    return None, None


def is_built(path: str, folder: str) -> bool:
    """Whether a file is one that the application in `folder` is built from. Tests and documents are not."""
    inside = path if folder == "." else path.removeprefix(f"{folder}/")
    return (inside == path and folder != ".") or inside.split("/")[0] in _BUILT


def _on_disk(root: str, place: str) -> list[str]:
    """The files of a submodule that could describe an application."""
    found = [f"{place}/mix.exs"] if os.path.isfile(os.path.join(root, place, "mix.exs")) else []
    for part, end in (("src", ".app.src"), ("ebin", ".app")):
        folder = os.path.join(root, place, part)
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        found += (f"{place}/{part}/{name}" for name in names if name.endswith(end))
    return found


def place_of(app: Declared, submodules: Iterable[str]) -> str:
    """The path that stands for an application in its repository: its folder, or the submodule that this is in."""
    above = app.folder
    known = frozenset(submodules)
    while above and above not in known:
        above = dirname(above)
    return above or app.folder
