"""The external term format in, a term out (`erlang:binary_to_term/1`; erts, "External Term Format").

Containers, atoms, integers and binaries are read here: without recursion, within bounds, and so that the same atom is
the same value however it was encoded. Every other kind of leaf is read by erlang-py.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from math import isfinite
from typing import Any

from relupc.beam.raw import MAX_BYTES, BadBeam, inflate
from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Map, Str, Term, Tuple, Unknown
from relupc.model.value import NamedTuple, dataclass, field

MAX_DEPTH = 128  # as in read/file.py: terms must be comparable within Python's recursion limit
MAX_PARTS = 1 << 21
MAX_INTEGER = 1660  # bytes; about the 4,000 digits that relupc takes of a written integer
_VERSION, _COMPRESSED = 131, 80
_SMALL_TUPLE, _LARGE_TUPLE, _NIL, _STRING, _LIST, _MAP = 104, 105, 106, 107, 108, 116
_SMALL_INTEGER, _INTEGER, _BINARY, _SMALL_BIG, _LARGE_BIG = 97, 98, 109, 110, 111
_ATOMS = {100: (2, "latin-1"), 115: (1, "latin-1"), 118: (2, "utf-8"), 119: (1, "utf-8")}  # bytes of the length
_FLOAT, _OLD_FLOAT, _BITS, _FUN, _EXPORT = 70, 99, 77, 112, 113
_AFTER_NODE = {88: 12, 103: 9, 89: 8, 102: 5, 120: 12, 101: 5}  # pids, ports, references: bytes after the node
_REFERENCES = {114: 1, 90: 4}  # with a count of words before the node: bytes of the creation
_CONTAINERS = frozenset((_SMALL_TUPLE, _LARGE_TUPLE, _LIST, _MAP))
_SMALL = tuple(map(Int, range(256)))
_EMPTY = List(())
_PRINTABLE = frozenset((*range(32, 127), *range(160, 256), *range(8, 14), 27))  # what `~p` prints as a string


class BadTerm(Exception):  # noqa: N818 - it is no error of the program, but of the file
    """No term, or one beyond the bounds. The text of the exception says what is wrong."""


class _Open(NamedTuple):
    """A container whose elements are being read."""

    tag: int
    size: int
    items: list[Term]


@dataclass(slots=True)
class _Reading:
    """What is left of the bounds, and the atoms met, by their bytes."""

    parts: int = MAX_PARTS
    inflated: int = MAX_BYTES
    atoms: dict[bytes, Atom] = field(default_factory=dict)


def read_etf(data: bytes) -> Term:
    """The term of the bytes that `term_to_binary` gives, also compressed. As in OTP, bytes after it do not matter."""
    return read_all((data,))[0]


def read_all(encoded: Iterable[bytes]) -> list[Term]:
    """The terms of several, within bounds for all together."""
    return list(map(reader(), encoded))


def reader() -> Callable[[bytes], Term]:
    """What reads terms as `read_etf` does, one after the other, within bounds for all together."""
    reading = _Reading()
    return lambda data: _whole(data, reading)


def read_part(data: bytes, at: int) -> tuple[Term, int]:
    """The term that starts inside of another, and the place after it."""
    return _guarded(data, at, _Reading())


def _whole(data: bytes, reading: _Reading) -> Term:
    if data[:1] != bytes((_VERSION,)):
        raise BadTerm("no term in the external format")
    if data[1:2] != bytes((_COMPRESSED,)):
        return _guarded(data, 1, reading)[0]
    size = int.from_bytes(data[2:6], "big")
    if size > reading.inflated:
        raise BadTerm(f"a compressed term of {size} bytes, more than relupc reads")
    reading.inflated -= size
    try:
        inner = inflate(data[6:], limit=size)
    except BadBeam as fault:
        raise BadTerm(str(fault)) from None
    if len(inner) != size:
        raise BadTerm("a compressed term of another size than it says")
    return _guarded(inner, 0, reading)[0]


def _guarded(data: bytes, at: int, reading: _Reading) -> tuple[Term, int]:
    try:
        term, end = _term(data, at, reading)
    except (IndexError, struct.error):
        raise BadTerm("a term is cut short") from None
    except UnicodeDecodeError:
        raise BadTerm("an atom that is not UTF-8") from None
    if end > len(data):
        raise BadTerm("a term is cut short")
    return term, end


def _term(data: bytes, at: int, reading: _Reading) -> tuple[Term, int]:
    """The term at a place, and the place after it."""
    stack: list[_Open] = []
    while True:
        tag = data[at]
        if tag in _CONTAINERS:
            size, at = _size(data, at)
            if size > 0:
                reading.parts -= size
                if reading.parts < 0 or size > len(data) - at:
                    raise BadTerm("a term of more parts than relupc reads, or than there are")
                if len(stack) == MAX_DEPTH:
                    raise BadTerm(f"a term nested more than {MAX_DEPTH} deep")
                stack.append(_Open(tag, size, []))
                continue
            term: Term = Map(()) if tag == _MAP else Tuple(())
        elif tag == _SMALL_INTEGER:
            term, at = _SMALL[data[at + 1]], at + 2
        elif tag in _ATOMS:
            term, at = _atom(data, at, reading)
        else:
            term, at = _LEAVES.get(tag, _odd_leaf)(data, at)
        while stack:
            top = stack[-1]
            top.items.append(term)
            if len(top.items) < top.size:
                break
            term = _close(stack.pop())
        else:
            return term, at


def _size(data: bytes, at: int) -> tuple[int, int]:
    """How many terms a container has in it, and where they start. A list has its tail, too."""
    if data[at] == _SMALL_TUPLE:
        return data[at + 1], at + 2
    (count,) = struct.unpack_from(">I", data, at + 1)
    return {_LARGE_TUPLE: count, _LIST: count + 1, _MAP: 2 * count}[data[at]], at + 5


def _close(container: _Open) -> Term:
    items = container.items
    if container.tag == _LIST:
        return _list(items[:-1], items[-1])
    if container.tag != _MAP:
        return Tuple(tuple(items))
    pairs = tuple(zip(items[::2], items[1::2], strict=True))
    if len({key for key, _ in pairs}) < len(pairs):
        raise BadTerm("a map with the same key twice")
    return Map(pairs)


def _list(items: list[Term], tail: Term) -> Term:
    """A tail that is a list becomes part of it."""
    if not items:
        return tail
    if isinstance(tail, Str):
        return List((*items, *(_SMALL[ord(character)] for character in tail.value)))
    if isinstance(tail, List):
        return List((*items, *tail.items), tail.tail)
    return List(tuple(items), tail)


def _atom(data: bytes, at: int, reading: _Reading) -> tuple[Atom, int]:
    width, encoding = _ATOMS[data[at]]
    start = at + 1 + width
    end = start + int.from_bytes(data[at + 1 : start], "big")
    key = data[at:end]
    found = reading.atoms.get(key)
    if found is None:
        if end > len(data):
            raise IndexError
        found = reading.atoms[key] = Atom(data[start:end].decode(encoding))
    return found, end


def _name(data: bytes, at: int) -> tuple[str, int]:
    """The name of an atom that must be at a place, and the place after it."""
    if data[at] not in _ATOMS:
        raise BadTerm("something else where an atom should be")
    found, end = _atom(data, at, _Reading())
    return found.name, end


def _integer(data: bytes, at: int) -> tuple[Term, int]:
    return Int(struct.unpack_from(">i", data, at + 1)[0]), at + 5


def _big(data: bytes, at: int) -> tuple[Term, int]:
    """Not given to erlang-py, whose time grows with the square of the length."""
    start = at + (2 if data[at] == _SMALL_BIG else 5)
    size = int.from_bytes(data[at + 1 : start], "big")
    end = start + 1 + size
    if end > len(data):
        raise IndexError
    if size > MAX_INTEGER:
        return Unknown(f"an integer of {size} bytes"), end
    number = int.from_bytes(data[start + 1 : end], "little")
    return Int(-number if data[start] else number), end


def _string(data: bytes, at: int) -> tuple[Term, int]:
    """A list of bytes: a string literal, if it looks like one."""
    start = at + 3
    end = start + int.from_bytes(data[at + 1 : start], "big")
    found = data[start:end]
    if not found:
        return _EMPTY, end
    if _PRINTABLE.issuperset(found):
        return Str(found.decode("latin-1")), end
    return List(tuple(_SMALL[byte] for byte in found)), end


def _binary(data: bytes, at: int) -> tuple[Term, int]:
    end = at + 5 + struct.unpack_from(">I", data, at + 1)[0]
    return Bin(data[at + 5 : end]), end


def _nil(_data: bytes, at: int) -> tuple[Term, int]:
    return _EMPTY, at + 1


_LEAVES: dict[int, Callable[[bytes, int], tuple[Term, int]]] = {
    _INTEGER: _integer,
    _SMALL_BIG: _big,
    _LARGE_BIG: _big,
    _STRING: _string,
    _BINARY: _binary,
    _NIL: _nil,
}


def _odd_leaf(data: bytes, at: int) -> tuple[Term, int]:
    """A leaf that is rare: erlang-py reads it, and here it becomes a noun."""
    import erlang  # noqa: PLC0415 - 20 ms that most modules do not need

    end = _end(data, at)
    if end > len(data):
        raise IndexError
    try:
        found = erlang.binary_to_term(bytes((_VERSION,)) + data[at:end])
    except (erlang.ParseException, ValueError):
        raise BadTerm("a term that cannot be read") from None
    return _noun(found, data[at:end]), end


def _end(data: bytes, at: int) -> int:
    """The place after a rare leaf."""
    tag = data[at]
    if tag == _FLOAT:
        return at + 9
    if tag == _OLD_FLOAT:
        return at + 32
    if tag in (_BITS, _FUN):
        size: int = struct.unpack_from(">I", data, at + 1)[0]
        return at + 1 + size if tag == _FUN else at + 6 + size
    if tag == _EXPORT:
        return _name(data, _name(data, at + 1)[1])[1] + 2
    if tag in _AFTER_NODE:
        return _name(data, at + 1)[1] + _AFTER_NODE[tag]
    if tag in _REFERENCES:
        words = int.from_bytes(data[at + 1 : at + 3], "big")
        return _name(data, at + 3)[1] + _REFERENCES[tag] + 4 * words
    raise BadTerm(f"a term of the unknown kind {tag}")


def _noun(found: Any, data: bytes) -> Term:
    """What erlang-py made of a leaf, as a noun; `data` are its bytes. What belongs to a running node is Unknown."""
    kind = type(found).__name__
    if isinstance(found, float):
        if not isfinite(found):
            raise BadTerm("a float that Erlang does not have")
        return Float(found)
    if kind == "OtpErlangBinary":
        return _bits(found.value, found.bits)
    if kind == "OtpErlangFunction" and found.tag == _EXPORT:
        module, at = _name(data, 1)
        function, at = _name(data, at)
        return Fun(module, function, data[at + 1])
    if kind == "OtpErlangFunction":
        return Unknown(f"#Fun<{_name(data, 30)[0]}.{int.from_bytes(data[22:26], 'big')}>")
    return Unknown(f"#{kind.removeprefix('OtpErlang')}<{found.id.hex()}>")


def _bits(data: bytes, used: int) -> Bin:
    """A bit string; what its last byte has below is no part of it."""
    if used > 8 or (data and not used):
        raise BadTerm("a bit string with an impossible last byte")
    if not data:
        return Bin(b"")
    unused = 8 - used
    return Bin(data[:-1] + bytes((data[-1] >> unused << unused,)), unused)
