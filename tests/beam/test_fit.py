"""Which OTP loads a module."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relupc.beam import fit_of
from relupc.model.beam import Beam
from relupc.model.term import Str
from tests.beam.assemble import cart, code_chunk, function, op, u, x


def made(code: bytes = b"", highest: int = 184, atoms: bytes | None = None) -> Beam:
    beam = cart()
    chunks = {**beam.chunks, "Code": code_chunk(code or function(op("return")), highest)}
    return replace(beam, chunks=chunks | ({"AtU8": atoms} if atoms else {}))


def test_what_is_compiled_here() -> None:
    found = fit_of(cart(), 25)
    assert found.first <= 25 <= found.last
    assert (found.by, found.last) == (25, 28)


@pytest.mark.parametrize(
    ("highest", "first", "why"),
    [
        (153, 20, ""),
        (163, 21, "it has the instruction get_tl"),
        (168, 22, "it has the instruction bs_set_position"),
        (170, 23, "it has the instruction bs_start_match4"),
        (176, 24, "it has the instruction recv_marker_use"),
        (180, 25, "it has the instruction badrecord"),
        (182, 26, "it has the instruction bs_match"),
        (183, 27, "it has the instruction executable_line"),
        (184, 28, "it has the instruction debug_line"),
        (250, 28, ""),
    ],
)
def test_instructions_that_are_too_new(highest: int, first: int, why: str) -> None:
    found = fit_of(made(highest=highest), 25)
    assert (found.first, found.last, found.why) == (first, 28, why)


def test_atoms_as_otp_28_writes_them() -> None:
    found = fit_of(made(highest=170, atoms=b"\xff\xff\xff\xff\x48shop"), 25)
    assert (found.first, found.why) == (28, "its atoms are written as since OTP 28")


def test_an_instruction_that_otp_28_dropped() -> None:
    nothing = op("bs_init2", u(0), u(0), u(0), u(0), u(0), x(0))
    old = made(function(nothing, op("return")), highest=112)
    assert fit_of(old, 28)[1:3] == (27, "it has the instruction bs_init2, which OTP 28 dropped")
    assert fit_of(old, 27).last == fit_of(old, None).last == 28
    assert fit_of(made(highest=112), 28).last == 28
    assert fit_of(made(b"\xff", highest=112), 28).last == 28  # code that cannot be read is told elsewhere


@pytest.mark.parametrize(
    ("version", "otp"),
    [
        ("9.0.1", 28),
        ("8.5", 27),
        ("8.2.3", 25),
        ("8.1.1.3", 24),
        ("7.6.9", 23),
        ("4.9", None),
        ("8", None),
        ("x.y", None),
    ],
)
def test_the_compiler(version: str, otp: int | None) -> None:
    assert fit_of(replace(cart(), compile_info=(("version", Str(version)),)), 25).by == otp
    assert fit_of(replace(cart(), compile_info=()), 25).by is None
