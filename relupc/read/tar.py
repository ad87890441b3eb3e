"""The bytes of a tar archive, gzipped or not, in; its members out, one after the other.

The formats are those that erl_tar, Elixir and tar(1) write: ustar, the long names of GNU, and pax.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from relupc.model.value import NamedTuple, dataclass

CHUNK = 1 << 20
MAX_TOTAL = 2 << 30  # bytes, decompressed
MAX_RATIO, FREE = 200, 64 << 20  # decompressed against compressed, once there are more bytes than this
MAX_MEMBERS = 200_000
MAX_NAME = 1024
_BLOCK = 512
_MAX_HEADER = 64 * 1024  # of a long name or a pax header
_GZIP, _WITH_HEADER = b"\x1f\x8b", 31
_FILES, _FOLDER, _LINKS, _LONG_NAME, _LONG_LINK, _PAX, _PAX_ALL = b"0\x007", b"5", b"12", b"L", b"K", b"x", b"g"


class Broken(Exception):  # noqa: N818 - it is no error of the program, but of the file
    """The archive cannot be read. The text of the exception says why."""


class TooBig(Exception):  # noqa: N818 - so is this
    """The archive is bigger than anything that relupc reads."""


class Member(NamedTuple):
    """A member of an archive: its name, and how many bytes it has. `link` is what a link leads to."""

    name: str
    size: int
    is_folder: bool = False
    link: str | None = None
    is_hard: bool = False


@dataclass(slots=True)
class Reader:
    """The contents of an archive as a stream, of which so much is taken, or skipped."""

    pieces: Iterator[bytes]
    piece: bytes = b""
    at: int = 0

    def take(self, size: int) -> bytes:
        """The next bytes; fewer only where the archive ends."""
        found = [self.piece[self.at : self.at + size]]
        have = len(found[0])
        self.at += have
        while have < size and self._next():
            found.append(self.piece[: size - have])
            self.at = len(found[-1])
            have += self.at
        return b"".join(found)

    def skip(self, size: int) -> None:
        """Pass over the next bytes, which must be there."""
        left = size - (len(self.piece) - self.at)
        if left <= 0:
            self.at += size
            return
        while self._next():
            if left <= len(self.piece):
                self.at = left
                return
            left -= len(self.piece)
        raise Broken("it is cut short")

    def finish(self) -> None:
        """Read what is left: only at its end is it known that what was compressed is whole."""
        while self._next():
            pass

    def _next(self) -> bool:
        self.piece, self.at = next(self.pieces, b""), 0
        return bool(self.piece)


def inflated(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """What a file holds that is read so, in pieces; decompressed if it begins as gzip does."""
    data = read(CHUNK)
    if not data.startswith(_GZIP):
        while data:
            yield data
            data = read(CHUNK)
        return
    decoder, made, taken = zlib.decompressobj(_WITH_HEADER), 0, len(data)
    while True:
        try:
            piece = decoder.decompress(data, CHUNK)
        except zlib.error:
            raise Broken("its compressed data are damaged") from None
        made += len(piece)
        if made > MAX_TOTAL or (made > FREE and made > MAX_RATIO * taken):
            raise TooBig(f"{taken} bytes of it come to more than {made}")
        if piece:
            yield piece
        if decoder.eof:
            return
        data = decoder.unconsumed_tail
        if not data:
            data = read(CHUNK)
            taken += len(data)
            if not data and not piece:
                raise Broken("its compressed data are cut short")


def members(reader: Reader) -> Iterator[Member]:
    """The members. Who asks for the next one has taken the contents of this one, or has left all of them."""
    count = 0
    while header := _header(reader):
        count += 1
        if count > MAX_MEMBERS:
            raise TooBig(f"more than the {MAX_MEMBERS} members that relupc reads")
        yield header


def padding(size: int) -> int:
    """How many bytes follow the contents of a member, up to the next block."""
    return -size % _BLOCK


def _header(reader: Reader) -> Member | None:
    """The next member that is a file, a folder or a link; None at the end."""
    name: str | None = None
    link: str | None = None
    size: int | None = None
    for _ in range(8):  # headers that say more of the one that follows
        block = reader.take(_BLOCK)
        if not block.strip(b"\0"):
            return None
        _check(block)
        kind, length = block[156:157], _number(block[124:136])
        if kind in (_LONG_NAME, _LONG_LINK, _PAX, _PAX_ALL):
            said = _more(reader, length)
            if kind == _PAX:
                known = _pax(said)
                name, link, size = known.get("path", name), known.get("linkpath", link), _size(known, size)
            elif kind == _LONG_NAME:
                name = _text(said)
            elif kind == _LONG_LINK:
                link = _text(said)
            continue
        return _member(block, kind, name, link, length if size is None else size)
    raise Broken("a member has no end of headers")


def _member(block: bytes, kind: bytes, name: str | None, link: str | None, size: int) -> Member:
    if name is None:
        prefix = _text(block[345:500]) if block[257:263] == b"ustar\0" else ""
        name = (prefix + "/" if prefix else "") + _text(block[:100])
    if kind in _LINKS:
        return Member(name, 0, link=_text(block[157:257]) if link is None else link, is_hard=kind == b"1")
    if kind == _FOLDER or (kind in _FILES and name.endswith("/")):
        return Member(name, size, is_folder=True)
    if kind not in _FILES:
        raise Broken(f"`{name[:100]}` is neither a file nor a folder")
    return Member(name, size)


def _check(block: bytes) -> None:
    """Refuse what is no header: the sum of its bytes stands in it, counted as if there were blanks in its place."""
    said, rest = block[148:156], block[:148] + block[156:]
    if len(block) < _BLOCK:
        raise Broken("it is cut short, or no tar archive")
    if sum(rest) + 8 * ord(" ") != _number(said):
        raise Broken("it is no tar archive")


def _number(digits: bytes) -> int:
    if digits[:1] == b"\x80":  # GNU: the number itself
        return int.from_bytes(digits[1:], "big")
    text = digits.strip(b" \0")
    if text and not text.isdigit():
        raise Broken("it is no tar archive")
    try:
        return int(text or b"0", 8)
    except ValueError:
        raise Broken("it is no tar archive") from None


def _more(reader: Reader, size: int) -> bytes:
    """The contents of a header that says more of the next."""
    if size > _MAX_HEADER:
        raise TooBig(f"a header of {size} bytes, but relupc reads no more than {_MAX_HEADER}")
    data = reader.take(size)
    reader.skip(padding(size))
    return data


def _pax(data: bytes) -> dict[str, str]:
    """The pairs of a pax header: `SIZE KEY=VALUE` and a line end each, SIZE counting all of it."""
    found: dict[str, str] = {}
    at = 0
    while at < len(data):
        digits, blank, _ = data[at : at + 8].partition(b" ")
        size = int(digits) if blank and digits.isdigit() else 0
        key, sign, value = data[at + len(digits) + 1 : max(at, at + size - 1)].partition(b"=")
        if not sign:
            raise Broken("a pax header is damaged")
        found[_text(key)] = _text(value)
        at += size
    return found


def _size(known: dict[str, str], before: int | None) -> int | None:
    text = known.get("size", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else before


def _text(data: bytes) -> str:
    return data.partition(b"\0")[0].decode("utf-8", "surrogateescape")
