"""The chunk LitT in, the terms out that instructions name by their number."""

from __future__ import annotations

from relupc.beam.etf import read_all
from relupc.beam.raw import MAX_BYTES, BadBeam, inflate, rows, u32
from relupc.model.term import Term


def read_literals(data: bytes | None) -> tuple[Term, ...]:
    """The literals. OTP 28 does not compress them, and writes 0 where others write the size that they inflate to."""
    if data is None:
        return ()
    size = u32(data, 0)
    if size > MAX_BYTES:
        raise BadBeam(f"its literals come to {size} bytes, but relupc reads no more than {MAX_BYTES}")
    table = inflate(data[4:], limit=size) if size else data[4:]
    encoded: list[bytes] = []
    at = 4
    for _ in range(rows(table, "literals")):
        end = at + 4 + u32(table, at)
        if end > len(table):
            raise BadBeam("its literals are cut short")
        encoded.append(table[at + 4 : end])
        at = end
    return tuple(read_all(encoded))
