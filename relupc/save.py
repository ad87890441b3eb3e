"""A text and a path -> a file that is there as a whole or not at all; also, whether it is there already."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable

from relupc.model import disk
from relupc.model.codes import R116, R117
from relupc.model.diagnostic import Diagnostic
from relupc.model.otp import otp_says
from relupc.model.term import string, tup


def save(path: str, text: str | bytes) -> Diagnostic | None:
    """Write the text, a string as UTF-8, to a temporary file beside `path`, then put it in place; None, or why not.

    What stands at `path` is left untouched if anything fails. A device or a pipe is written to directly.
    """
    try:
        data = text.encode() if isinstance(text, str) else text
        if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path):
            with open(path, "wb") as device:
                device.write(data)
        else:
            _replace(os.path.realpath(path), data)
    except OSError as error:
        name = posix_name(error)
        file = os.path.basename(path)
        return R116.at(
            None,
            f"{os.strerror(error.errno or 0)} ({name})",
            path=path,
            help="name a file in a folder that can be written",
            notes=(f"OTP says `Could not open file {file}`", "a file that stood there is as it was"),
            otp=otp_says("systools_relup", tup("file_problem", tup(string(file), tup("open", name)))),
        )
    return None


def _replace(path: str, data: bytes) -> None:
    folder = os.path.dirname(path)
    temporary = os.path.join(folder, f".relupc-{os.urandom(8).hex()}")  # the process id is the same in every container
    try:  # Ctrl-C may come at any time
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(file, "wb") as out:
            if os.path.exists(path):
                os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode))
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    _sync_folder(folder)


def _sync_folder(folder: str) -> None:
    """Make the new name durable too, where the system lets a folder be synced; the file is in place anyhow."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def compare(path: str, text: str) -> Diagnostic | None:
    """None if the file at `path` holds exactly this text; else what is the matter with it."""
    try:
        with open(path, "rb") as file:
            same = file.read(len(text.encode()) + 1) == text.encode()
        label = "the file is not what these releases compile to"
    except OSError as error:
        same, label = False, f"{os.strerror(error.errno or 0)} ({posix_name(error)})"
    if same:
        return None
    return R117.at(None, label, path=path, help="compile again without --check")


def overwritten(outputs: Iterable[str | None], inputs: Iterable[str]) -> str | None:
    """The first output that would overwrite an input or another output."""
    taken = {disk.real(path) for path in inputs}
    for path in outputs:
        if path and path != "-":
            real = disk.real(path)
            if real in taken and (os.path.isfile(real) or not os.path.exists(real)):  # a device may be written twice
                return path
            taken.add(real)
    return None


def posix_name(error: OSError) -> str:
    """The name that Erlang gives to an error of the operating system, such as `enoent`."""
    return errno.errorcode.get(error.errno or 0, "unknown").lower()
