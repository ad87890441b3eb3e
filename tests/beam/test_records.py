"""Records of the debug information."""

from __future__ import annotations

import struct
import zlib

import pytest

from relupc.beam import read_beam_file, record_fields
from relupc.model.beam import Beam
from tests.beam.assemble import FIXTURES, cart, function, module

FIELD = b"h\3w\x0crecord_fielda\7h\3w\4atoma\7w\4name"
DEFAULT = b"h\4d\0\x0crecord_fielda\7h\3w\4atoma\7d\0\5pricea\0"
TYPED = b"h\3w\x12typed_record_field" + FIELD + b"h\3w\3anya\7j"
ITEM = b"h\2w\4iteml\0\0\0\2" + TYPED + DEFAULT + b"j"


def attribute(definition: bytes, tag: bytes = b"w\6record", anno: bytes = b"h\2a\7a\2") -> bytes:
    return b"h\4w\x09attribute" + anno + tag + definition


def dbgi(*forms: bytes, backend: bytes = b"w\x11erl_abstract_code", compress: bool = True) -> dict[str, bytes]:
    listed = b"l" + struct.pack(">I", len(forms)) + b"".join(forms) + b"j"
    inner = b"h\3w\x0ddebug_info_v1" + backend + b"h\2" + listed + b"j"
    return {"Dbgi": b"\x83P" + struct.pack(">I", len(inner)) + zlib.compress(inner) if compress else b"\x83" + inner}


def fields(chunks: dict[str, bytes]) -> dict[str, tuple[str, ...]]:
    return record_fields(module(function(), **chunks))


def test_of_a_compiler() -> None:
    assert record_fields(cart()) == {"item": ("name", "price", "tags"), "state": ("items", "currency", "limit")}


def test_without_debug_information() -> None:
    for folder in ("stripped", "compressed"):
        beam = read_beam_file(str(FIXTURES / folder / "shop_cart.beam"))
        assert isinstance(beam, Beam)
        assert record_fields(beam) == {}


@pytest.mark.parametrize("compress", [True, False])
@pytest.mark.parametrize("anno", [b"a\7", b"h\2a\7a\2", b"l\0\0\0\1h\2w\x08locationa\7j"])
def test_forms(compress: bool, anno: bytes) -> None:
    export = attribute(b"j", b"w\6export")
    found = fields(dbgi(export, attribute(ITEM, anno=anno), attribute(b"h\2w\5emptyj"), compress=compress))
    assert found == {"item": ("name", "price"), "empty": ()}


def test_old_abstract_code() -> None:
    inner = b"h\2d\0\x0fraw_abstract_v1l\0\0\0\1" + attribute(ITEM).replace(b"w\6record", b"d\0\6record") + b"j"
    assert fields({"Abst": b"\x83" + inner}) == {"item": ("name", "price")}


def test_other_backends() -> None:
    assert fields(dbgi(attribute(ITEM), backend=b"w\nelixir_erl")) == {}


@pytest.mark.parametrize(
    "chunk",
    [
        b"",
        b"\x83",
        b"\x83P\0\0\0\x50no zlib",
        b"\x83P\xff\xff\xff\xff" + zlib.compress(bytes(1 << 27)),
        dbgi(attribute(ITEM), compress=False)["Dbgi"][:-60],
        dbgi(attribute(b"a\1"), compress=False)["Dbgi"],
        dbgi(attribute(b"h\2a\1j"), compress=False)["Dbgi"],
        dbgi(attribute(b"h\2w\4itemk\0\1a"), compress=False)["Dbgi"],
    ],
)
def test_damaged(chunk: bytes) -> None:
    assert fields({"Dbgi": chunk}) == {}
