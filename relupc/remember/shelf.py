"""The folder of what is kept: where it is, whether it is the user's own, its files and how many there may be.

Any number of relupc may use it at once: a file is there as a whole or not at all, and all may vanish at any time.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator, Mapping

MOST, MOST_BYTES, MOST_FILES = 32 << 20, 64 << 20, 200  # bytes of a file, of all files, and how many
_KEPT = ".answer"  # how the files end; nothing else in the folder is touched, should it be one of other things too
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def folder_for(environment: Mapping[str, str], platform: str) -> str | None:
    """Where the system has such things: `relupc` in XDG_CACHE_HOME or ~/.cache; macOS and Windows have their own."""
    above = environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(above):  # which the XDG specification says is to be ignored
        home = environment.get("HOME", "")
        usual = {"win32": environment.get("LOCALAPPDATA", ""), "darwin": os.path.join(home, "Library", "Caches")}
        above = usual.get(platform, os.path.join(home, ".cache"))
    return os.path.join(above, "relupc") if os.path.isabs(above) else None


def opened(folder: str) -> bool:
    """Whether the folder can be used: it is made if it is not there, and must be the user's and closed to others."""
    try:
        os.makedirs(folder, 0o700, exist_ok=True)
        return _is_own(os.stat(folder)) and os.access(folder, os.W_OK | os.X_OK)
    except (OSError, ValueError):
        return False


def _is_own(status: os.stat_result) -> bool:
    """Whether nobody else can have written this. Windows keeps other users out of the place by itself."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _path(folder: str, name: str) -> str:
    return os.path.join(folder, f"{name}{_KEPT}")


def load(folder: str, name: str) -> bytes | None:
    """What is kept under a name."""
    try:
        handle = os.open(_path(folder, name), _READ)
        with open(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or not _is_own(status) or status.st_size > MOST:
                return None
            data = file.read(MOST + 1)
    except OSError:
        return None
    return data if len(data) <= MOST else None


def touch(folder: str, name: str) -> None:
    """Note that something was used just now."""
    with contextlib.suppress(OSError):
        os.utime(_path(folder, name))


def store(folder: str, name: str, data: bytes) -> None:
    """Keep the data, if that is possible: nobody is told if it is not."""
    if len(data) > MOST:
        return
    temporary = os.path.join(folder, f"{os.urandom(8).hex()}.new{_KEPT}")
    try:
        with open(os.open(temporary, _NEW, 0o600), "wb") as file:
            file.write(data)
        os.replace(temporary, _path(folder, name))
    except BaseException as error:  # Ctrl-C may come at any time
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        if not isinstance(error, OSError):
            raise


def drop_oldest(folder: str, name: str, now: float | None = None) -> None:
    """Delete what was not used for the longest time, until the rest is small enough; never what has this name.

    What is said to be used later than now was kept while a clock was wrong: it goes first.
    """
    moment = time.time() if now is None else now
    files = sorted(_files(folder), key=lambda file: (file[0] if file[0] <= moment else 0.0, file[2]))
    count, total = len(files), sum(size for _, size, _ in files)
    for _, size, other in files:
        if count <= MOST_FILES and total <= MOST_BYTES:
            return
        if other != f"{name}{_KEPT}":
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(folder, other))
            count, total = count - 1, total - size


def _files(folder: str) -> Iterator[tuple[float, int, str]]:
    """When each file was used last, how big it is, and its name."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):  # another relupc deleted it
                    status = entry.stat(follow_symlinks=False)
                    if entry.name.endswith(_KEPT) and not stat.S_ISDIR(status.st_mode):
                        yield status.st_mtime, status.st_size, entry.name
    except OSError:
        return
