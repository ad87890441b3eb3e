"""The chunk LitT in, the terms out that instructions name by their number."""

from __future__ import annotations

from collections.abc import Callable

from relupc.beam.etf import reader
from relupc.beam.raw import MAX_BYTES, BadBeam, inflate, rows, u32
from relupc.model.term import Term
from relupc.model.value import dataclass, field


@dataclass(frozen=True, slots=True)
class Literals:
    """The literals of a module as they are encoded, and those that were asked for: the same term each time."""

    encoded: tuple[bytes, ...] = ()
    known: dict[int, Term] = field(default_factory=dict)
    read: Callable[[bytes], Term] = field(default_factory=reader)

    def get(self, number: int) -> Term:
        """A literal that is there. Raises BadTerm."""
        if number not in self.known:
            self.known[number] = self.read(self.encoded[number])
        return self.known[number]

    def holding(self, text: bytes) -> tuple[int, ...]:
        """The numbers of those in which these bytes are, or that are compressed by themselves."""
        return tuple(n for n, encoded in enumerate(self.encoded) if text in encoded or encoded[1:2] == b"P")

    def all(self) -> tuple[Term, ...]:
        """All of them."""
        return tuple(map(self.get, range(len(self.encoded))))


def read_literals(data: bytes | None) -> tuple[Term, ...]:
    """The literals. Raises BadBeam or BadTerm."""
    return open_literals(data).all()


def open_literals(data: bytes | None) -> Literals:
    """The literals, none decoded yet. Raises BadBeam."""
    if data is None:
        return Literals()
    table = inflated(data)
    encoded: list[bytes] = []
    at = 4
    for _ in range(rows(table, "literals")):
        end = at + 4 + u32(table, at)
        if end > len(table):
            raise BadBeam("its literals are cut short")
        encoded.append(table[at + 4 : end])
        at = end
    return Literals(tuple(encoded))


def inflated(data: bytes) -> bytes:
    """The table of literals. OTP 28 does not compress it, and writes 0 where others write the size it inflates to."""
    size = u32(data, 0)
    if size > MAX_BYTES:
        raise BadBeam(f"its literals come to {size} bytes, but relupc reads no more than {MAX_BYTES}")
    return inflate(data[4:], limit=size) if size else data[4:]
