"""Which OTP releases load a compiled module, by what is in its file."""

from __future__ import annotations

from relupc.beam.code import read_code
from relupc.beam.opcodes import NAMES
from relupc.model.beam import Beam
from relupc.model.diagnostic import Diagnostic
from relupc.model.product import Fit
from relupc.model.term import as_string

OLDEST, NEWEST = 20, 28
# The first instruction that each OTP added, by its number in genop.tab; the loader refuses any that it does not know.
_ADDED = ((184, 28), (183, 27), (181, 26), (177, 25), (171, 24), (169, 23), (164, 22), (160, 21))
# What constructs binaries in code of OTP 24 and older. OTP 28 knows no more of it.
_DROPPED = """
bs_add bs_init2 bs_init_bits bs_append bs_private_append bs_put_integer bs_put_float bs_put_binary bs_utf8_size
bs_utf16_size bs_put_utf8 bs_put_utf16 bs_put_utf32
"""
_ADDED_BY_25 = 177
# The versions of the application compiler, major and minor, and the OTP that each came with.
_COMPILERS = (((9, 0), 28), ((8, 5), 27), ((8, 3), 26), ((8, 2), 25), ((8, 0), 24), ((7, 6), 23))


def fit_of(beam: Beam, otp: int | None) -> Fit:
    """Which OTP releases load a module. What needs its instructions is only looked for where `otp` might mind."""
    code = beam.chunks["Code"]
    highest = int.from_bytes(code[8:12], "big")
    first = next((version for opcode, version in _ADDED if highest >= opcode), OLDEST)
    why = f"it has the instruction {NAMES[highest]}" if first > OLDEST and highest < len(NAMES) else ""
    if first < NEWEST and _has_wide_atoms(beam):
        first, why = NEWEST, "its atoms are written as since OTP 28"
    last = NEWEST
    if otp is not None and otp >= NEWEST and highest < _ADDED_BY_25 and (dropped := _dropped(beam)):
        last, why = NEWEST - 1, f"it has the instruction {dropped}, which OTP 28 dropped"
    return Fit(first, last, why, _compiled_by(beam))


def _has_wide_atoms(beam: Beam) -> bool:
    """Whether the count of atoms is negative: then their lengths are packed numbers."""
    return beam.chunks.get("AtU8", b"")[:1] >= b"\x80"


def _dropped(beam: Beam) -> str | None:
    code = read_code(beam)
    if isinstance(code, Diagnostic):
        return None
    dropped = set(_DROPPED.split())
    return next((i.op for body in code.functions for i in body.instructions if i.op in dropped), None)


def _compiled_by(beam: Beam) -> int | None:
    """The OTP of the compiler, by its version in the chunk CInf."""
    text = next((as_string(value) for name, value in beam.compile_info if name == "version"), None) or ""
    parts = text.split(".")[:2]
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts) or len(parts) < 2:
        return None
    version = (int(parts[0]), int(parts[1]))
    return next((otp for lowest, otp in _COMPILERS if version >= lowest), None)
