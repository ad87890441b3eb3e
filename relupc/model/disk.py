"""What is asked of the disk and of the environment; and, while somebody listens, what the answers were.

All that a lint depends on goes through here: an answer that is kept (relupc/remember/) holds as long as the same
questions have the same answers. Who asks elsewhere is named in tests/test_house.py.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, TypeVar

from relupc.model.value import NamedTuple

MOST = 64 * 1024 * 1024  # bytes of a file that are ever read
MOST_STREAMED = 1 << 30  # bytes of a file that is read piece by piece, to note what it holds
_CHUNK = 1 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a FIFO must not wait for a writer

Answer: TypeAlias = "bool | str | list[str] | None"
if TYPE_CHECKING:  # to make it takes a while
    T = TypeVar("T", bool, str, list[str], list[str] | None, str | None)


class Unread(NamedTuple):
    """Why there are no contents.

    `error` with a number of `errno`, `kind` with the mode of what is no regular file, `size` with how many bytes
    it has, or `name`, if no file can be called so here.
    """

    why: str
    number: int = 0

    @property
    def label(self) -> str:
        """The same in words, but for `size`."""
        if self.why == "error":
            return os.strerror(self.number).lower()
        if self.why == "name":
            return "the path cannot be written in this system's encoding"
        if stat.S_ISDIR(self.number):
            return "a directory"
        return "a named pipe" if stat.S_ISFIFO(self.number) else "a device or a socket"


class Notes:
    """What was asked so far, with the answers; of files a digest of their contents, or why there are none.

    `whole` is False once something was asked that cannot be asked again, or had two answers.
    """

    __slots__ = ("_last", "answers", "files", "whole")

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], Answer] = {}
        self.files: dict[str, str] = {}
        self.whole = True
        self._last: dict[str, tuple[bytes, str]] = {}

    def note(self, question: str, subject: str, answer: Answer) -> None:
        """An answer. A list is copied: it is the caller's, who may change it."""
        answer = list(answer) if isinstance(answer, list) else answer
        if self.answers.setdefault((question, subject), answer) != answer:
            self.whole = False

    def note_file(self, path: str, found: bytes | Unread, limit: int) -> None:
        """What a file holds. One of the same name in another build mostly holds the same: that is seen sooner."""
        name = os.path.basename(path)
        last = self._last.get(name)
        if last and last[0] == found:
            told = last[1]
        else:
            told = digest(found, limit)
            if isinstance(found, bytes):
                self._last[name] = found, told
        if self.files.setdefault(path, told) != told:
            self.whole = False


_LISTENING: ContextVar[Notes | None] = ContextVar("listening", default=None)


@contextmanager
def listening() -> Iterator[Notes]:
    """Notes of all that is asked in this context, and not in another thread or process."""
    notes = Notes()
    before = _LISTENING.set(notes)
    try:
        yield notes
    finally:
        _LISTENING.reset(before)


def unheard() -> None:
    """Say that something is asked now that nobody can ask again, such as another program."""
    notes = _LISTENING.get()
    if notes is not None:
        notes.whole = False


def is_file(path: str) -> bool:
    """Whether there is a regular file, perhaps behind links."""
    return _asked("file", path, os.path.isfile)


def is_folder(path: str) -> bool:
    """Whether there is a folder, perhaps behind links."""
    return _asked("folder", path, os.path.isdir)


def is_there(path: str) -> bool:
    """Whether there is anything, perhaps behind links."""
    return _asked("there", path, os.path.exists)


def is_named(path: str) -> bool:
    """Whether there is anything, and be it a link that leads nowhere."""
    return _asked("named", path, os.path.lexists)


def real(path: str) -> str:
    """The path without links. Raises OSError if there is no working folder, ValueError for a NUL character."""
    return _asked("real", path, os.path.realpath)


def names(folder: str) -> list[str] | None:
    """The names in a folder, sorted; None if it cannot be read."""
    return _asked("names", folder, _names)


def below(folder: str) -> list[str]:
    """The paths of all files in a folder and below it, sorted; none if it cannot be read."""
    return _asked("below", folder, _below)


def program(name: str) -> str | None:
    """The path of a program, as a shell finds it."""
    return _asked("program", name, _program)


def variable(name: str) -> str | None:
    """A variable of the environment."""
    return _asked("variable", name, os.environ.get)


def contents(path: str, limit: int = MOST) -> bytes | Unread:
    """What a regular file of at most `limit` bytes holds."""
    found = read(path, limit)
    notes = _LISTENING.get()
    if notes is not None:
        notes.note_file(path, found, limit)
    return found


def read(path: str, limit: int = MOST) -> bytes | Unread:
    """The same, and nobody listens."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        return Unread("error", error.errno or errno.EIO)
    except ValueError:  # a NUL character, or one that this system's encoding does not have
        return Unread("name")
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return Unread("kind", status.st_mode)
        if status.st_size > limit:
            return Unread("size", status.st_size)
        data = _read_up_to(handle, limit + 1, status.st_size)
    except OSError as error:
        return Unread("error", error.errno or errno.EIO)
    finally:
        os.close(handle)
    return data if len(data) <= limit else Unread("size", len(data))


@contextmanager
def stream(path: str) -> Iterator[Callable[[int], bytes] | None]:
    """How to read a regular file piece by piece; None if it is none. Raises OSError.

    A digest of all of it is noted, if nothing goes wrong in the block and the file is not too long for that.
    """
    with open(path, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            unheard()
            yield None
        elif (notes := _LISTENING.get()) is None or status.st_size > MOST_STREAMED:
            unheard()
            yield file.read
        else:
            yield from _summed(path, file, notes)


def _summed(path: str, file: BinaryIO, notes: Notes) -> Iterator[Callable[[int], bytes]]:
    from hashlib import sha256  # noqa: PLC0415 - only for notes

    summed = sha256()

    def read(size: int) -> bytes:
        data = file.read(size)
        summed.update(data)
        return data

    try:
        yield read
    except BaseException:
        notes.whole = False
        raise
    while read(_CHUNK):
        pass
    notes.note("stream", path, summed.hexdigest())


def _digest_of_stream(path: str) -> str:
    with listening() as notes, stream(path):
        pass
    return str(notes.answers.get(("stream", path)))


def _read_up_to(handle: int, limit: int, size: int) -> bytes:
    """All that can be read, but no more than `limit` bytes: a file may grow, and /proc files have no size."""
    data = os.read(handle, min(size + 1, limit))
    if 0 < len(data) == size:
        return data
    chunks = [data]
    limit -= len(data)
    while chunks[-1] and limit > 0:
        chunks.append(os.read(handle, min(limit, _CHUNK)))
        limit -= len(chunks[-1])
    return b"".join(chunks)


def digest(found: bytes | Unread, limit: int) -> str:
    """What stands for the contents of a file: equal if these are. One that is not read also tells the limit."""
    if isinstance(found, Unread):
        return f"!{limit} {found.why} {found.number}"
    from hashlib import sha256  # noqa: PLC0415 - only for notes

    return sha256(found).hexdigest()


def _asked(question: str, subject: str, ask: Callable[[str], T]) -> T:
    answer = ask(subject)
    notes = _LISTENING.get()
    if notes is not None:
        notes.note(question, subject, answer)
    return answer


def _names(folder: str) -> list[str] | None:
    try:
        return sorted(os.listdir(folder))
    except (OSError, ValueError):  # a NUL is in it
        return None


def _below(folder: str) -> list[str]:
    return sorted(os.path.join(base, name) for base, _, files in os.walk(folder) for name in files)


def _program(name: str) -> str | None:
    import shutil  # noqa: PLC0415 - it brings five more, and few need a program

    return shutil.which(name)


#: The answer to a question of some Notes, as it is now. Raises OSError or ValueError where the question does.
QUESTIONS: Mapping[str, Callable[[str], Answer]] = {
    "file": os.path.isfile,
    "folder": os.path.isdir,
    "there": os.path.exists,
    "named": os.path.lexists,
    "real": os.path.realpath,
    "stream": _digest_of_stream,
    "names": _names,
    "below": _below,
    "program": _program,
    "variable": os.environ.get,
}
