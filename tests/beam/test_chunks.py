"""The tables of a module."""

from __future__ import annotations

import hashlib
import struct

import pytest

from relupc.beam import chunks as read
from relupc.beam.raw import BadBeam
from relupc.model.beam import FA, MFA, Lambda
from relupc.model.term import Atom, Str
from tests.beam.assemble import a, atoms_chunk, cart, container, table, u

ATOMS = {1: "shop", 2: "stop"}


def wide(*names: str, count: int | None = None) -> bytes:
    """The atoms as the compiler of OTP 28 writes them."""
    parts = b"".join(u(len(name.encode())) + name.encode() for name in names)
    return struct.pack(">i", -len(names) if count is None else -count) + parts


def test_directory() -> None:
    chunks = {"AtU8": b"12345", "Code": b"", "Line": b"1234"}
    assert read.directory(container(chunks)) == chunks
    assert read.directory(container(chunks) + b"after") == chunks
    twice = container({"AtU8": b"1", "Cod1": b"2"}).replace(b"Cod1", b"AtU8")
    assert read.directory(twice) == {"AtU8": b"1"}


def test_no_directory() -> None:
    whole = container({"AtU8": b"12345"})
    for data in (b"", b"FOR1", b"FOR1\0\0\0\4WAVE", whole[:-9], whole[:19] + b"\xff" + whole[20:], whole[:-1]):
        with pytest.raises(BadBeam):
            read.directory(data)
    with pytest.raises(BadBeam):
        read.directory(container({f"{n:04}": b"" for n in range(2000)}))


@pytest.mark.parametrize("names", [("shop",), ("shop", "été", "☺", ""), ("a" * 255, "b" * 16, "c" * 15)])
def test_atoms(names: tuple[str, ...]) -> None:
    assert read.read_atoms({"AtU8": atoms_chunk(*names)}) == names
    assert read.read_atoms({"AtU8": wide(*names)}) == names


def test_atoms_of_old_compilers() -> None:
    assert read.read_atoms({"Atom": b"\0\0\0\1\3\xe9t\xe9"}) == ("été",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(4),
        b"\0\0\0\2\1a",
        b"\0\0\0\1\2a",
        b"\0\0\0\1\1\xe9",
        b"\x7f\xff\xff\xff\1a",
        b"\x80\0\0\0\x10a",
        wide("shop", count=2),
        wide("shop")[:-1],
        struct.pack(">i", -1) + a(1) + b"s",
    ],
)
def test_damaged_atoms(data: bytes) -> None:
    with pytest.raises(BadBeam):
        read.read_atoms({"AtU8": data})
    with pytest.raises(BadBeam, match="no chunk Atom"):
        read.read_atoms({})


def test_tables() -> None:
    assert read.read_imports(table((1, 2, 0), (2, 1, 7)), ATOMS) == (MFA("shop", "stop", 0), MFA("stop", "shop", 7))
    assert read.read_functions(table((2, 0, 5)), ATOMS) == {FA("stop", 0)}
    assert read.read_functions(None, ATOMS) == frozenset()
    assert read.read_lambdas(table((2, 3, 9, 0, 1, 77)), ATOMS) == (Lambda(FA("stop", 3), 1),)
    assert read.read_lambdas(None, ATOMS) == ()


@pytest.mark.parametrize(
    "data", [b"", table((0, 2, 0)), table((3, 2, 0)), table((1, 2, 256)), table((1, 2, 0))[:-1], b"\xff" * 16]
)
def test_damaged_tables(data: bytes) -> None:
    with pytest.raises(BadBeam):
        read.read_imports(data, ATOMS)


def test_properties() -> None:
    encoded = b"\x83l\0\0\0\3h\2w\3vsnk\0\x031.0h\2a\1a\2w\1xj"
    assert read.read_properties(encoded) == (("vsn", Str("1.0")),)
    assert read.read_properties(None) == read.read_properties(b"") == read.read_properties(b"\x83w\1x") == ()
    assert read.read_properties(b"\x83l\0\0\0\1h\2w\3vsnw\0j") == (("vsn", Atom("")),)


def test_md5_leaves_out_old_uniq() -> None:
    funs = table((2, 3, 9, 0, 1, 77), (2, 3, 9, 1, 1, 78))
    chunks = {"Line": b"3", "FunT": funs, "Code": b"2", "AtU8": b"1"}
    same = table((2, 3, 9, 0, 1, 0), (2, 3, 9, 1, 1, 0))
    assert read.md5(chunks) == hashlib.md5(b"12" + same).digest()


def test_md5_of_a_compiler() -> None:
    """The number is what `beam_lib:md5/1` of OTP 25 says."""
    assert cart().md5.hex() == "772f414c233cd8d26285b3edec11669e"
