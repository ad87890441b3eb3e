"""A path in, what is there out: on disk, or in an archive that was read (relupc.model.files)."""

from __future__ import annotations

import os

from relupc.model import disk
from relupc.model.files import Files

ON_DISK = Files()  # nothing stands in for anything
ENDINGS = (".tar.gz", ".tgz")  # of archives


def is_file(path: str, files: Files = ON_DISK) -> bool:
    """Whether a regular file is there."""
    if disk.is_file(path):
        return True
    if not files.folders:
        return bool(files.texts) and disk.real(path) in files.texts
    folder, name = os.path.split(disk.real(path))
    inside = name in files.folders.get(folder, ()) and os.path.join(folder, name) not in files.folders
    return inside or os.path.join(folder, name) in files.texts


def is_folder(path: str, files: Files = ON_DISK) -> bool:
    """Whether a folder is there."""
    return disk.is_folder(path) or (bool(files.folders) and disk.real(path) in files.folders)


def names_in(folder: str, files: Files = ON_DISK) -> list[str]:
    """The names in a folder, in order; none if it cannot be read."""
    found = disk.names(folder)
    if found is not None:
        return found
    try:
        return list(files.folders.get(disk.real(folder), ())) if files.folders else []
    except (OSError, ValueError):
        return []


def is_archive(path: str) -> bool:
    """Whether a path is that of a release archive, by its name."""
    return path.endswith(ENDINGS) and disk.is_file(path)


def archive_of(path: str) -> str | None:
    """The archive that a path leads into."""
    above = os.path.dirname(path)
    while above and above != os.path.dirname(above):
        if is_archive(above):
            return above
        above = os.path.dirname(above)
    return None
