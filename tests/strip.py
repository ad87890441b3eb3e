"""For tests: a compiled module in, the stripped module out."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from tests.beam.assemble import container

# What `beam_lib:strip/1` keeps: what `beam_lib:significant_chunks/0` of OTP 25 answers.
SIGNIFICANT = frozenset({"Atom", "AtU8", "Code", "StrT", "ImpT", "ExpT", "FunT", "LitT", "Meta", "Line", "Type"})
# What Elixir's `mix release` keeps: the attributes too.
WITH_ATTRIBUTES = SIGNIFICANT | {"Attr"}


def stripped(data: bytes, kept: frozenset[str]) -> bytes:
    """The same module with these chunks only."""
    return container({name: chunk for name, chunk in chunks(data) if name in kept})


def chunks(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The chunks of a module by name, in their order."""
    plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    assert plain[:4] + plain[8:12] == b"FOR1BEAM"
    at = 12
    while at < len(plain):
        size = int.from_bytes(plain[at + 4 : at + 8], "big")
        yield plain[at : at + 4].decode(), plain[at + 8 : at + 8 + size]
        at += 8 + (size + 3) // 4 * 4
