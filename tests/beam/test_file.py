"""Whole files."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.beam import file as file_module
from relupc.beam import locals_of, open_code, read_beam, read_beam_file, read_code, record_fields
from relupc.model.beam import FA, MFA, Beam, Code, Lambda
from relupc.model.diagnostic import Diagnostic
from relupc.model.term import Atom, List, Str
from tests.beam import disasm
from tests.beam.assemble import CART, FIXTURES, cart

DATA = CART.read_bytes()


def test_the_facts() -> None:
    beam = cart()
    assert (beam.module, beam.path) == ("shop_cart", str(CART))
    assert FA("handle_call", 3) in beam.exports
    assert FA("module_info", 0) in beam.exports
    assert FA("with_tax", 1) not in beam.exports
    assert FA("with_tax", 1) in locals_of(beam)
    assert MFA("shop_tax", "rate", 1) in beam.imports
    assert beam.lambdas == (Lambda(FA("-each/2-fun-0-", 2), 1),)
    assert beam.attribute("vsn") == (Str("1.0.0"),)
    assert beam.attribute("behaviour") == (List((Atom("gen_server"),)),)
    assert dict(beam.compile_info)["version"] == Str("8.2.3")


def test_compressed() -> None:
    found = read_beam_file(str(FIXTURES / "compressed" / "shop_cart.beam"))
    assert isinstance(found, Beam)
    assert (found.md5, found.exports, found.attributes) == (cart().md5, cart().exports, cart().attributes)


def test_stripped() -> None:
    found = read_beam_file(str(FIXTURES / "stripped" / "shop_cart.beam"))
    assert isinstance(found, Beam)
    assert (found.md5, found.exports) == (cart().md5, cart().exports)
    assert (locals_of(found), found.attributes, found.compile_info) == (frozenset(), (), ())
    assert read_code(found) == read_code(cart())


@pytest.mark.parametrize("chunk", ["Attr", "CInf"])
def test_damaged_properties(chunk: str) -> None:
    """OTP refuses to load such a module: beam_load, "bad external term representation"."""
    inside = cart().chunks[chunk]
    found = read_beam("shop_cart.beam", DATA.replace(inside, bytes(len(inside))))
    assert isinstance(found, Diagnostic)
    assert found.label == "no term in the external format"


def test_damaged_lines() -> None:
    """OTP refuses to load such a module: beam_load, "corrupt line table"."""
    inside = cart().chunks["Line"]
    beam = read_beam("shop_cart.beam", DATA.replace(inside, inside[:20] + b"\xff" * (len(inside) - 20)))
    assert isinstance(beam, Beam)
    assert isinstance(open_code(beam), Diagnostic)


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b"", "not a .beam file: it does not begin as one"),
        (b"-module(shop_cart).\n", "not a .beam file: it does not begin as one"),
        (DATA[:100], f"cut short: it says that it has {len(DATA)} bytes, and has 100"),
        (DATA.replace(b"ExpT", b"ExpX"), "it has no chunk ExpT"),
        (DATA.replace(b"Code", b"CodX"), "it has no chunk Code"),
        (gzip.compress(DATA)[:-9], "its compressed data are cut short"),
        (gzip.compress(bytes(1 << 27)), "its compressed data come to more than 67108864 bytes"),
    ],
)
def test_no_module(data: bytes, label: str) -> None:
    found = read_beam("ebin/shop_cart.beam", data)
    assert isinstance(found, Diagnostic)
    assert (found.code.code, found.path, found.label) == ("T014", "ebin/shop_cart.beam", label)


def test_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "fifo")
    for name in ("missing", "fifo", ".", "a\0b", "\udc80"):
        found = read_beam_file(str(tmp_path / name))
        assert isinstance(found, Diagnostic)
        assert found.code.code == "T003", name
    monkeypatch.setattr(file_module, "MAX_BYTES", 1000)
    found = read_beam_file(str(CART))
    assert isinstance(found, Diagnostic)
    assert found.one_line == f"{CART}: error: more than the 1000 bytes that relupc reads [T007 too-big-to-read]"


def look(data: bytes) -> None:
    """Nothing is raised, whatever is in the file."""
    beam = read_beam("shop_cart.beam", data)
    assert isinstance(beam, Beam | Diagnostic)
    if isinstance(beam, Beam):
        assert isinstance(read_code(beam), Code | Diagnostic)
        assert isinstance(record_fields(beam), dict)


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes(data: bytes, headed: bool) -> None:
    look(b"FOR1" + len(data).to_bytes(4, "big") + b"BEAM" + data[4:] if headed else data)


@given(st.lists(st.tuples(st.integers(0, len(DATA) - 1), st.integers(0, 255)), min_size=1, max_size=5))
def test_flipped_bytes(flips: list[tuple[int, int]]) -> None:
    data = bytearray(DATA)
    for place, value in flips:
        data[place] = value
    look(bytes(data))


@given(st.integers(0, len(DATA)), st.booleans())
def test_cut(size: int, mended: bool) -> None:
    """Also where the length at the start is that of what is left."""
    data = DATA[:size]
    look(data[:4] + (size - 8).to_bytes(4, "big", signed=True) + data[8:] if mended and size >= 8 else data)


@given(
    st.integers(12, len(DATA) - 4), st.sampled_from([b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", bytes(4), b"\x80\0\0\0"])
)
def test_extreme_numbers(place: int, number: bytes) -> None:
    look(DATA[:place] + number + DATA[place + 4 :])


def test_as_otp(erl: str) -> None:
    """Some modules of OTP, and those here: MD5, functions, instructions. benchmarks/beams.py compares all of them."""
    paths = [str(path) for path in sorted(FIXTURES.rglob("*.beam"))]
    for name in ("gen_server", "lists", "io_lib_format", "unicode_util", "erl_eval", "zip", "base64"):
        paths += [str(next(path)) for path in [_library(erl).rglob(f"{name}.beam")] if path]
    said = disasm.otp_spelled(erl, paths)
    assert len(said) == len(paths) > 8
    for path, theirs in zip(paths, said, strict=True):
        assert disasm.differences(disasm.spelled(path), theirs) == [], path


def _library(erl: str) -> Path:
    return Path(erl).resolve().parent.parent / "lib"
