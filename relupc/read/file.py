"""A path in, the text of the file out: a Source, or why it cannot be had (T003, T007)."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from relupc.model import disk
from relupc.model.codes import T003, T007
from relupc.model.diagnostic import Diagnostic
from relupc.model.lazy import regex
from relupc.model.source import Source
from relupc.model.term import Atom, Term
from relupc.model.value import dataclass

MAX_BYTES = disk.MOST
MAX_DEPTH = 128  # of terms: two twice as deep could no longer be compared within Python's recursion limit
MAX_ATOM = 255  # characters
NO_CHARACTER = "\uffff"  # what stands in a text for a byte that is no UTF-8
FROM_DISK: Mapping[str, bytes] = MappingProxyType({})  # no text stands in for a file
_BAD_BYTE = regex("[\udc80-\udcff]")
_CODING = regex(rb"coding *[:=] *((?i:latin-1)(?![a-zA-Z0-9]))?")
_CODING_BYTES = 511  # no more of the file is looked at


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No term could be read. `kind` and `detail` are what systools would put into its reason."""

    kind: Literal["open", "read", "parse"]
    detail: Term
    diagnostic: Diagnostic


def otp_agrees(what: Unreadable) -> bool:
    """Whether OTP cannot read it either. It has no limits such as relupc's, but for binaries out of all proportion."""
    return what.kind != "read" or what.diagnostic.code is not T007


def read_source(path: str, shown: str | None = None, texts: Mapping[str, bytes] = FROM_DISK) -> Source | Unreadable:
    """Read a regular file of at most MAX_BYTES bytes. `shown` is the path for diagnostics, if it is another one.

    `texts` are what to take for the content of files, by their real paths: what fixes make of them, standard input.

    Kinds: "open" if it cannot be opened (detail: the posix atom Erlang gives), "read" if it is too big.
    A byte that is no UTF-8 is no fault yet: Erlang ignores it after the full stop. It stands in the text
    as NO_CHARACTER.
    """
    name = shown if shown is not None else path
    given = texts.get(disk.real(path)) if texts else None
    data = read_bytes(path, name) if given is None else given
    if isinstance(data, bytes) and len(data) > MAX_BYTES:
        return _too_big(name, len(data))
    return decode(data, name) if isinstance(data, bytes) else data


def read_bytes(path: str, name: str) -> bytes | Unreadable:
    """What a regular file holds; `name` is the path for diagnostics."""
    data = disk.contents(path, MAX_BYTES)
    if isinstance(data, bytes):
        return data
    if data.why == "size":
        return _too_big(name, data.number)
    if data.why == "kind":
        return _closed(name, "eisdir", f"{data.label}, not a regular file")
    if data.why == "name" and "\0" in path:
        return _closed(name, "badarg", "the path holds a NUL character")
    return _closed(name, errno.errorcode.get(data.number, "enoent").lower(), data.label)


def _closed(name: str, posix: str, label: str) -> Unreadable:
    advice = "name a regular file that can be read"
    return Unreadable("open", Atom(posix), T003.at(None, label, path=name, help=advice))


def _too_big(name: str, size: int) -> Unreadable:
    label = f"{size} bytes, but relupc reads no more than {MAX_BYTES}"
    return Unreadable("read", Atom("read"), T007.at(None, label, path=name))


def encoding_of(data: bytes) -> str:
    """What Erlang reads a file as: UTF-8, if no comment says otherwise."""
    return "latin-1" if _latin_1(data) else "utf-8"


def decode(data: bytes, name: str) -> Source:
    """The text. What is no UTF-8 becomes U+FFFF: Erlang allows neither, and minds only before the full stop."""
    if _latin_1(data):
        return Source(name, data.decode("latin-1"))
    try:
        return Source(name, data.decode("utf-8"))
    except UnicodeDecodeError:
        return Source(name, _BAD_BYTE.sub(NO_CHARACTER, data.decode("utf-8", "surrogateescape")))


def _latin_1(data: bytes) -> bool:
    """Whether a comment on line 1 or 2 says so. The first `coding:` or `coding=` decides (epp:read_encoding)."""
    for line in data[:_CODING_BYTES].split(b"\n", 2)[:2]:
        comment = line.find(b"%")
        said = _CODING.search(line, comment) if comment >= 0 else None
        if said:
            return said[1] is not None
    return False
