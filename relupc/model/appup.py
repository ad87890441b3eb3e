"""An .appup file as read: whose it is, for which version, and its entries in both directions."""

from __future__ import annotations

from dataclasses import dataclass

from relupc.model.source import Span
from relupc.model.term import Term


@dataclass(frozen=True, slots=True)
class Entry:
    """`{Key, Script}`: the key is a version or a pattern, the script should be a list of instructions."""

    key: Term
    script: Term


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one direction. What is no pair can never match and is left out, as systools skips it.

    `tail` is what stands where the list should end, if it is not a proper list: systools crashes
    when its search gets there.
    """

    items: tuple[Entry, ...]
    tail: Term | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Appup:
    """`{Vsn, Up, Down}` of one application; `path` is the file."""

    app: str
    path: str
    vsn: Term
    up: Entries
    down: Entries
    span: Span | None
