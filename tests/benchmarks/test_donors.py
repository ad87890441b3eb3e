"""Compiled modules under other names: all else is as it was."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from benchmarks.donors import Donors, renamed
from relupc.beam import read_beam, read_code
from relupc.beam.chunks import read_atoms
from relupc.model.beam import Beam, Code
from tests.cases import FIXTURES

DONORS = Donors([FIXTURES])


@pytest.mark.parametrize("name", ["a", "fifteen_letters", "a_name_that_is_longer_than_the_old_one_was"])
def test_a_module_has_its_new_name_and_its_old_code(name: str) -> None:
    for data in DONORS.files[:20]:
        old, new = read_beam("old", data), read_beam("new", renamed(data, name))
        assert isinstance(old, Beam)
        assert isinstance(new, Beam)
        assert (new.module, new.atoms[1:], new.exports) == (name, old.atoms[1:], old.exports)
        code = read_code(new)
        assert isinstance(code, Code)
        assert len(renamed(data, name)) % 4 == 0


@pytest.mark.parametrize("first", ["old", "a_name_of_sixteen"])
@pytest.mark.parametrize("name", ["new", "a_name_of_sixteen_letters_or_more"])
def test_the_table_of_otp_28(first: str, name: str) -> None:
    """Its count is negative, and its lengths are packed numbers."""

    def packed(text: str) -> bytes:
        size = len(text)
        return (bytes([size << 4]) if size < 16 else bytes([size >> 8 << 5 | 8, size & 255])) + text.encode()

    def module(*atoms: str) -> bytes:
        table = struct.pack(">i", -len(atoms)) + b"".join(map(packed, atoms))
        chunk = b"AtU8" + struct.pack(">I", len(table)) + table + bytes(-len(table) % 4)
        return b"FOR1" + struct.pack(">I", 4 + len(chunk)) + b"BEAM" + chunk

    assert renamed(module(first, "start"), name) == module(name, "start")
    size = int.from_bytes(module(name, "start")[16:20], "big")
    assert read_atoms({"AtU8": renamed(module(first, "start"), name)[20 : 20 + size]}) == (name, "start")


def test_other_generations_are_other_modules_in_the_end() -> None:
    assert DONORS.beam("shop_cart", "1") == DONORS.beam("shop_cart", "1")
    assert len({DONORS.beam("shop_cart", str(generation)) for generation in range(20)}) > 1


def test_without_modules_there_are_no_donors(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        Donors([tmp_path])
