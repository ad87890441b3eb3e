"""The chunks of a module in, their tables out (beam_lib of OTP; the writer is beam_asm)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import partial

from relupc.beam.compact import unsigned
from relupc.beam.etf import read_etf
from relupc.beam.raw import MAX_ARITY, BadBeam, rows, u32, within
from relupc.model.beam import FA, MFA, Lambda
from relupc.model.term import Atom, Term, Tuple, as_list

MAX_CHUNKS = 1000
_MD5 = ("Atom", "AtU8", "Code", "StrT", "ImpT", "ExpT", "FunT", "LitT", "Meta")
# What FA._make and MFA._make do, without a call of Python code for each of some 100 rows of each module.
_FUNCTION: Callable[[tuple[str, int]], FA] = partial(tuple.__new__, FA)
_IMPORT: Callable[[tuple[str, str, int]], MFA] = partial(tuple.__new__, MFA)
_FUN_ROW, _OLD_UNIQ = 24, 20  # the last number of a row of FunT is no part of the MD5


def directory(data: bytes) -> dict[str, bytes]:
    """The chunks by name. Of two with the same name the first counts."""
    if data[:4] != b"FOR1" or data[8:12] != b"BEAM":
        raise BadBeam("not a .beam file: it does not begin as one")
    end = 8 + u32(data, 4)
    if end > len(data):
        raise BadBeam(f"cut short: it says that it has {end} bytes, and has {len(data)}")
    chunks: dict[str, bytes] = {}
    at = 12
    while at + 8 <= end:
        start, size = at + 8, u32(data, at + 4)
        name = data[at : at + 4].decode("latin-1")
        if start + size > end or len(chunks) > MAX_CHUNKS:
            raise BadBeam(f"its chunk {name!a} is cut short")
        chunks.setdefault(name, data[start : start + size])
        at = start + size + -size % 4
    return chunks


def needed(chunks: Mapping[str, bytes], name: str) -> bytes:
    """A chunk without which OTP loads no module."""
    if name not in chunks:
        raise BadBeam(f"it has no chunk {name}")
    return chunks[name]


def read_atoms(chunks: Mapping[str, bytes]) -> tuple[str, ...]:
    """The names of all atoms; the first is the module. They are in UTF-8 since OTP 20, in AtU8.

    The compiler of OTP 28 writes how many there are as a negative number, and then each length as a packed number.
    """
    encoding = "utf-8" if "AtU8" in chunks else "latin-1"
    data = chunks["AtU8"] if "AtU8" in chunks else needed(chunks, "Atom")
    count = u32(data, 0)
    wide = count >= 1 << 31
    if wide:
        count = (1 << 32) - count
    within(count, "atoms")
    found: list[str] = []
    at = 4
    try:
        for _ in range(count):
            size, at = unsigned(data, at) if wide else (data[at], at + 1)
            found.append(data[at : at + size].decode(encoding))
            at += size
    except (IndexError, UnicodeDecodeError):
        raise BadBeam("its atoms are damaged") from None
    if not found or at > len(data):
        raise BadBeam("its atoms are cut short")
    return tuple(found)


def read_imports(data: bytes, atoms: Mapping[int, str]) -> tuple[MFA, ...]:
    """The functions of other modules, and of the own one by its name, that are called or made into funs."""
    table = _table(data, 3, "imports")
    if not table:
        return ()
    modules, names, arities = zip(*table, strict=True)
    _arity(max(arities))
    return tuple(map(_IMPORT, zip(_names(atoms, modules), _names(atoms, names), arities, strict=True)))


def read_functions(data: bytes | None, atoms: Mapping[int, str]) -> frozenset[FA]:
    """The functions of ExpT or LocT."""
    table = _table(data, 3, "functions")
    if not table:
        return frozenset()
    names, arities, _ = zip(*table, strict=True)
    _arity(max(arities))
    return frozenset(map(_FUNCTION, zip(_names(atoms, names), arities, strict=True)))


def read_lambdas(data: bytes | None, atoms: Mapping[int, str]) -> tuple[Lambda, ...]:
    """The rows of FunT."""
    table = _table(data, 6, "funs")
    return tuple(Lambda(FA(_atom(atoms, f), _arity(a)), _arity(free)) for f, a, _, _, free, _ in table)


def read_properties(data: bytes | None) -> tuple[tuple[str, Term], ...]:
    """Attr and CInf: a list of pairs, each with an atom first. Anything else in it is left out."""
    if not data:
        return ()
    pairs: list[tuple[str, Term]] = []
    for item in as_list(read_etf(data)) or ():
        if isinstance(item, Tuple) and len(item.items) == 2 and isinstance(item.items[0], Atom):
            pairs.append((item.items[0].name, item.items[1]))
    return tuple(pairs)


def md5(chunks: Mapping[str, bytes]) -> bytes:
    """As `beam_lib:md5/1`, which tells versions of a module apart: no debug information, lines, attributes, options."""
    import hashlib  # noqa: PLC0415

    digest = hashlib.md5(usedforsecurity=False)
    for name in _MD5:
        if name in chunks:
            digest.update(_without_uniq(chunks[name]) if name == "FunT" else chunks[name])
    return digest.digest()


def _without_uniq(table: bytes) -> bytes:
    found = bytearray(table)
    for start in range(4 + _OLD_UNIQ, 4 + _OLD_UNIQ + 4):
        places = len(range(start, len(found), _FUN_ROW))
        found[start::_FUN_ROW] = bytes(places)
    return bytes(found)


def _atom(atoms: Mapping[int, str], number: int) -> str:
    return _names(atoms, (number,))[0]


def _names(atoms: Mapping[int, str], numbers: tuple[int, ...]) -> list[str]:
    try:
        return list(map(atoms.__getitem__, numbers))
    except KeyError as fault:
        raise BadBeam(f"atom {fault} of {len(atoms)}") from None


def _arity(number: int) -> int:
    if number > MAX_ARITY:
        raise BadBeam(f"a function of {number} arguments")
    return number


def _table(data: bytes | None, columns: int, what: str) -> list[tuple[int, ...]]:
    """The rows of a table of 32 bit numbers that begins with their count."""
    if data is None:
        return []
    end = 4 + rows(data, what) * columns * 4
    if end > len(data):
        raise BadBeam(f"its {what} are cut short")
    return list(struct.iter_unpack(f">{columns}I", data[4:end]))
