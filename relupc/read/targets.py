"""What lint is asked to look at -> files and releases: by their names, and by what is in a folder."""

from __future__ import annotations

import os
from typing import Literal

from relupc.model import disk
from relupc.model.files import Files
from relupc.model.lazy import regex
from relupc.model.value import NamedTuple
from relupc.read.find import files_named, split_root, versions_in
from relupc.read.tree import ON_DISK, is_archive

Kind = Literal["appup", "relup", "app", "rel", "root", "application", "folder", "source"]

_APPUP = regex(r"\.appup(\.src)?\Z")
_VERSIONED = regex(r"(?P<name>.+?)-(?P<vsn>[0-9].*)")
_BETWEEN = regex(r".+_to_.+")


class Target(NamedTuple):
    """Something to look at: what it is, and how the user wrote it."""

    kind: Kind
    path: str


def target(path: str) -> Target | None:
    """What a path of the command line is; None if it is nothing that lint knows."""
    if disk.is_folder(path):
        if disk.is_folder(os.path.join(path, "lib")) and _has_releases(path):
            return Target("root", path)
        return Target("application" if app_file(path) else "folder", path)
    if is_archive(path):
        return Target("root", path)
    root = split_root(path)[0] if "@" in path and not disk.is_there(path) else ""
    if disk.is_folder(root) or is_archive(root):
        return Target("root", path)
    name = os.path.basename(path)
    if _APPUP.search(name):
        return Target("appup", path)
    if name.endswith((".erl", ".ex")):
        return Target("source", path)
    if name.endswith((".app", ".app.src")):
        return Target("app", path)
    if name.endswith(".rel") or disk.is_there(path + ".rel"):
        return Target("rel", path)
    return Target("relup", path) if name == "relup" or name.endswith(".relup") else None


def _has_releases(folder: str) -> bool:
    """Whether the folder `releases` is that of a release root, and not one in which people keep archives."""
    return disk.is_file(os.path.join(folder, "releases", "start_erl.data")) or bool(versions_in(folder))


def app_file(folder: str) -> str | None:
    """The .app file of an application folder, which has it in `ebin`."""
    ebin = os.path.join(folder, "ebin")
    return next((os.path.join(ebin, name) for name in disk.names(ebin) or () if name.endswith(".app")), None)


def has_code(folder: str, files: Files = ON_DISK) -> bool:
    """Whether there are compiled modules in the `ebin` of an application folder."""
    return bool(files_named(os.path.join(folder, "ebin"), ".beam", files))


def appups_in(folder: str) -> list[str]:
    """Every .appup and .appup.src in a folder and below it that git does not ignore, in order."""
    found = _known_to_git(folder)
    if found is None:
        found = disk.below(folder)
    paths = [os.path.normpath(path) for path in found if _APPUP.search(path)]
    return sorted(path for path in paths if disk.is_file(path) and ".git" not in path.split(os.sep))


def _known_to_git(folder: str) -> list[str] | None:
    """The files below a folder that git has or would take; None where there is no git, or no repository."""
    import subprocess  # noqa: PLC0415 - only for a folder

    command = ["git", "-c", "core.fsmonitor=false", "-C", folder, "ls-files", "-z", "-co", "--exclude-standard"]
    disk.unheard()
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return None
    names = [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
    return [os.path.join(folder, name) for name in names] if done.returncode == 0 else None


def app_of_appup(path: str) -> str:
    """The application that an appup file is for, by its name: NAME.appup, NAME-VSN.appup or NAME/FROM_to_TO.appup."""
    name = _APPUP.sub("", os.path.basename(path))
    if _BETWEEN.fullmatch(name):
        return os.path.basename(os.path.dirname(os.path.abspath(path)))
    versioned = _VERSIONED.fullmatch(name)
    return versioned["name"] if versioned else name
