"""An .appup file as read: whose it is, for which version, and its entries in both directions."""

from __future__ import annotations

from relupc.model.source import Span
from relupc.model.term import List, Str, Term, Tuple
from relupc.model.value import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """`{Key, Script}`: the key is a version or a pattern, the script should be a list of instructions.

    `term` is the pair as it stands in the file.
    """

    key: Term
    script: Term
    term: Tuple | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one direction. What is no pair can never match, and systools skips it: such elements are `odd`.

    `tail` is what stands where the list should end, if it is not a proper list: systools crashes
    when its search gets there. `term` is the list as it stands in the file.
    """

    items: tuple[Entry, ...]
    tail: Term | None
    span: Span | None
    odd: tuple[Term, ...] = ()
    term: List | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Appup:
    """`{Vsn, Up, Down}` of one application; `path` is the file."""

    app: str
    path: str
    vsn: Term
    up: Entries
    down: Entries
    span: Span | None

    @property
    def plain(self) -> bool:
        """Whether each entry is for one version of digits and dots, and no two of a list are for the same."""
        for entries in (self.up, self.down):
            keys = [entry.key.value for entry in entries.items if isinstance(entry.key, Str)]
            if entries.odd or len(set(keys)) < len(entries.items):
                return False
            if not all(key.replace(".", "").isdigit() for key in keys):
                return False
        return True
