"""What users name -> files: wildcards of search paths, the folders beside a release, an OTP.

Counterpart: `systools_lib:get_path/1` for the wildcards.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from relupc.model import disk
from relupc.model.build import App
from relupc.model.codes import T003
from relupc.model.diagnostic import Diagnostic, Problems
from relupc.model.files import Files
from relupc.model.otp import otp_says
from relupc.model.source import Source
from relupc.model.term import string, tup
from relupc.model.value import dataclass, field
from relupc.read.file import read_source
from relupc.read.tree import ON_DISK, is_archive, is_folder, names_in

_OF_RELX = ("start_clean.rel", "no_dot_erlang.rel")  # what it puts beside the release


def expand(element: str, files: Files = ON_DISK) -> list[str]:
    """The folders that one element of a search path stands for, sorted by name at each wildcard.

    A part without `*` is taken literally, `*` is any folder; in any other part every `*` is
    `[^/]*` and the rest a regular expression, as in systools.
    """
    if not element:
        return []
    parts = [part for part in element.split("/") if part]
    found = ["/"] if element.startswith("/") else [""]
    for part in parts:
        found = [os.path.join(base, name) for base in found for name in _names(base, part, files)]
    return [path for path in found if path and is_folder(path, files)]


def _names(base: str, part: str, files: Files) -> list[str]:
    if "*" not in part:
        return [part]
    folders = [name for name in names_in(base or ".", files) if is_folder(os.path.join(base, name), files)]
    if part == "*":
        return folders
    from relupc.model.pattern import matches  # noqa: PLC0415 - `lib/*/ebin` needs none

    pattern = os.fsencode(part.replace("*", "[^/]*"))
    return [folder for folder in folders if matches(pattern, folder) is True]


def rel_file(name: str) -> str:
    """The name of a .rel file, which users and systools may write without `.rel`."""
    return name if name.endswith(".rel") else name + ".rel"


def find_rel(name: str, folders: list[str], files: Files = ON_DISK) -> str | None:
    """The .rel file that is meant, here or in one of the folders; else that of a release root, `ROOT` or `ROOT@VSN`.

    An archive is such a root, too.
    """
    file = rel_file(name)
    for folder in ("", *([] if os.path.isabs(file) else folders)):
        path = os.path.join(folder, file)
        if disk.is_named(path):
            return path
    return _rel_in_root(*split_root(name, files), files)


def locate(name: str, new: str, folders: list[str], problems: Problems, files: Files = ON_DISK) -> str | None:
    """The .rel file of the release called `name`; None if there is none, which is reported.

    `@VSN` alone is that version in the release root of the new release, which is called `new`.
    """
    if name.startswith("@"):
        name = split_root(new, files)[0] + name
    found = find_rel(name, folders, files)
    if found is None and not _is_broken(name, files):
        problems.add(_lost(name, folders, files))
    return found


def _is_broken(name: str, files: Files) -> bool:
    """Whether this is an archive that could not be read: that was said."""
    root = split_root(name, files)[0]
    return is_archive(root) and not is_folder(root, files)


def _lost(name: str, folders: list[str], files: Files) -> Diagnostic:
    """Of a release that is not where it was named."""
    root = split_root(name, files)[0]
    is_root = is_folder(root, files)
    versions = versions_in(root, files) if is_root else []
    advice = "name a .rel file, or the folder that has it with --path"
    if is_root:
        advice = f"it has {and_more(versions)}: write {root}@{versions[-1]}" if versions else "name its .rel file"
    return T003.at(
        None,
        "no such release in this folder" if is_root else "no such release file",
        path=name if is_root else rel_file(name),
        help=advice,
        notes=() if is_root else (f"searched: {and_more(['.', *folders])}",),
        otp=otp_says("systools_make", tup("not_found", string(rel_file(name)))),
    )


def split_root(name: str, files: Files = ON_DISK) -> tuple[str, str]:
    """`ROOT@VSN` -> the root and the version; the version is empty if the name is that of a folder, or has none."""
    root, at, vsn = name.rpartition("@")
    return (name, "") if not at or is_folder(name, files) else (root, vsn)


def versions_in(root: str, files: Files = ON_DISK) -> list[str]:
    """The versions whose folder in a release root holds a .rel file, in order of their names."""
    releases = os.path.join(root, "releases")
    return [vsn for vsn in names_in(releases, files) if _rel_in_root(root, vsn, files)]


def _rel_in_root(root: str, vsn: str, files: Files) -> str | None:
    """The one .rel file of a version in a release root, by default of the version that the node starts with."""
    releases = os.path.join(root, "releases")
    if not vsn and "start_erl.data" not in names_in(releases, files):
        return _only_rel(root, files)
    if not vsn:
        data = read_source(os.path.join(releases, "start_erl.data"), texts=files.texts)
        vsn = (data.text.split() or [""])[-1] if isinstance(data, Source) else ""  # `ErtsVsn Vsn`
        if not vsn:
            return None
    names = [name for name in files_named(os.path.join(releases, vsn), ".rel", files) if name not in _OF_RELX]
    own = os.path.basename(os.path.abspath(root)) + ".rel"
    chosen = own if own in names else names[0] if len(names) == 1 else None
    return os.path.join(releases, vsn, chosen) if chosen and "/" not in vsn and vsn != ".." else None


def _only_rel(root: str, files: Files) -> str | None:
    """The .rel file where nothing says which version is meant: that of the only one.

    systools:make_tar puts it into `releases`, and again into a folder that has its configuration, too.
    """
    versions = versions_in(root, files)
    if versions:
        return _rel_in_root(root, versions[0], files) if len(versions) == 1 else None
    releases = os.path.join(root, "releases")
    names = files_named(releases, ".rel", files)
    return os.path.join(releases, names[0]) if len(names) == 1 else None


def beside(rel: str) -> Iterator[str]:
    """Search path elements for the release root of a .rel file, and for the folders beside it."""
    folder = os.path.dirname(rel)
    yield folder or "."
    yield from _inside(folder, "*/ebin", "lib/*/ebin")
    above = os.path.dirname(os.path.abspath(rel))
    if os.path.basename(os.path.dirname(above)) == "releases":  # ROOT/releases/VSN/NAME.rel
        yield from _inside(os.path.join(folder, "..", ".."), "lib/*/ebin")
    else:
        yield from _inside(os.path.join(folder, ".."), "lib/*/ebin")


def _beside_all(rels: list[str]) -> list[str]:
    return [element for rel in rels for element in beside(rel)]


def _inside(folder: str, *patterns: str) -> Iterator[str]:
    yield from (os.path.normpath(os.path.join(folder, pattern)) for pattern in patterns)


def erl_libs(value: str) -> Iterator[str]:
    """Search path elements for the folders in the environment variable ERL_LIBS."""
    for folder in value.split(os.pathsep):
        if folder:
            yield from _inside(folder, "ebin", "*/ebin")


def otp_root() -> str | None:
    """The OTP that the `erl` on PATH belongs to, found by following links, not by starting it."""
    erl = disk.program("erl")
    folder = os.path.dirname(disk.real(erl)) if erl else ""
    while len(folder) > 1:
        if disk.is_folder(os.path.join(folder, "lib")) and expand(os.path.join(folder, "lib", "kernel-*", "ebin")):
            return folder
        folder = os.path.dirname(folder)
    return None


def otp_libs(root: str | None) -> Iterator[str]:
    """Search path elements for the applications of an OTP."""
    if root:
        yield from _inside(root, "lib/*/ebin")


def appups_below(folder: str) -> dict[str, str]:
    """File name -> path of every .appup in a folder or below it; of two with one name the one that lies less deep."""
    paths = disk.below(folder)
    paths.sort(key=lambda path: (path.count(os.sep), path), reverse=True)
    return {os.path.basename(path): path for path in paths if path.endswith(".appup")}


def appup_path(app: App, below: dict[str, str]) -> str:
    """The .appup of an application: `NAME-VSN.appup` or `NAME.appup` of --appups, else that beside the .app file."""
    own = f"{app.name}.appup"
    return below.get(f"{app.name}-{app.vsn}.appup") or below.get(own) or os.path.join(app.directory, own)


@dataclass(frozen=True, slots=True)
class Tier:
    """One part of a search: what it is called, and how to get its elements when the search gets there.

    `foreign` is what belongs to another release: that the same application is there too is no wonder.
    """

    name: str
    elements: Callable[[], Iterable[str]]
    foreign: bool = False


def search_for(folders: list[str], rels: list[str], isolated: bool, otp: str | None, files: Files = ON_DISK) -> Search:
    """The search for the applications of the first of these .rel files, which the others are compared with.

    It goes through the folders of --path and, if not isolated, through more.
    """
    tiers = [Tier("--path", lambda: folders)]
    if not isolated:
        tiers.append(Tier("beside the .rel file", lambda: _beside_all(rels[:1])))
        if len(rels) > 1:
            tiers.append(Tier("beside the other .rel files", lambda: _beside_all(rels[1:]), foreign=True))
        tiers.append(Tier("ERL_LIBS", lambda: erl_libs(disk.variable("ERL_LIBS") or "")))
        tiers.append(Tier("OTP", lambda: otp_libs(otp or otp_root())))
    return Search(tuple(tiers), files)


@dataclass(slots=True)
class Search:
    """A search path, looked at tier by tier, each only when what is asked for was not found before."""

    tiers: tuple[Tier, ...]
    there: Files = ON_DISK
    folders: list[list[str]] = field(default_factory=list)
    files: list[dict[str, list[str]]] = field(default_factory=list)

    def holding(self, name: str) -> Iterator[str]:
        """The folders that hold an .app file of this name, in the order of the search."""
        for number in range(len(self.tiers)):
            self._open(number)
            yield from self.files[number].get(name, ())

    def known(self, name: str) -> Iterator[str]:
        """The same, but only as far as the search was opened, and without what belongs to other releases."""
        for tier, files in zip(self.tiers, self.files, strict=False):
            yield from () if tier.foreign else files.get(name, ())

    def description(self) -> str:
        """What was searched, for people."""
        parts = [f"{tier.name} ({and_more(self.folders[n])})" for n, tier in enumerate(self.tiers)]
        return "; ".join(parts) if parts else "nothing"

    def _open(self, number: int) -> None:
        if number < len(self.folders):
            return
        seen = {folder for tier in self.folders for folder in tier}
        found = [folder for element in self.tiers[number].elements() for folder in expand(element, self.there)]
        folders = [folder for folder in dict.fromkeys(found) if folder not in seen]
        files: dict[str, list[str]] = {}
        for folder in folders:
            for name in files_named(folder, ".app", self.there):
                files.setdefault(name, []).append(folder)
        self.folders.append(folders)
        self.files.append(files)


def files_named(folder: str, ending: str, files: Files = ON_DISK) -> list[str]:
    """The names in a folder with this ending, in order; none if it cannot be read."""
    return [name for name in names_in(folder, files) if name.endswith(ending)]


def and_more(names: list[str]) -> str:
    """A list for people, cut at four names."""
    if not names:
        return "none"
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return ", ".join(names[:4]) + more
