"""Erlang terms as values, each with the span where it was written.

Equality is Erlang's `=:=`: spans take no part, `"ab"` equals `[97,98]`, `1` differs from `1.0`.
A literal string, a list of integers and a binary stay apart as types, since people mean different
things by them; `as_string` says whether Erlang would take a term for a string.
"""

from __future__ import annotations

from typing import TypeAlias

from relupc.model.source import Span
from relupc.model.value import dataclass, field, maker

MAX_CODE_POINT = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Atom:
    name: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Int:
    value: int
    span: Span | None = field(default=None, compare=False, repr=False)

    def __hash__(self) -> int:
        return hash(self.value)


@dataclass(frozen=True, slots=True)
class Float:
    value: float
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Str:
    """A string literal. Never empty: `""` is the list `[]`."""

    value: str
    span: Span | None = field(default=None, compare=False, repr=False)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Str):
            return self.value == other.value
        return isinstance(other, List) and other == self

    def __hash__(self) -> int:
        return hash(tuple(map(ord, self.value)))


@dataclass(frozen=True, slots=True)
class Bin:
    """A binary; `unused` low bits of the last byte (0 to 7) are not part of a bit string."""

    data: bytes
    unused: int = 0
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Tuple:
    items: tuple[Term, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class List:
    """A list; `tail` is what follows `|` if that is not a list itself (an improper list)."""

    items: tuple[Term, ...]
    tail: Term | None = None
    span: Span | None = field(default=None, compare=False, repr=False)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, List):
            return self.items == other.items and self.tail == other.tail
        if not isinstance(other, Str) or self.tail is not None or len(self.items) != len(other.value):
            return False
        return all(isinstance(i, Int) and i.value == ord(c) for i, c in zip(self.items, other.value, strict=True))

    def __hash__(self) -> int:
        return hash(self.items) if self.tail is None else hash((self.items, self.tail))


@dataclass(frozen=True, slots=True)
class Map:
    """A map; every key once, in the order written. The order takes no part in equality."""

    pairs: tuple[tuple[Term, Term], ...]
    span: Span | None = field(default=None, compare=False, repr=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Map) and dict(self.pairs) == dict(other.pairs)

    def __hash__(self) -> int:
        return hash(frozenset(self.pairs))


@dataclass(frozen=True, slots=True)
class Fun:
    """`fun Module:Function/Arity`."""

    module: str
    function: str
    arity: int
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A part whose value is known only when code is run: of a script (.appup.src), or of what a function works with.

    `text` is how it is written; `origin` says where a value in compiled code comes from (see model/code.py).
    """

    text: str
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: object = field(default=None, repr=False)


# For where millions are made.
new_atom, new_tuple, new_list = maker(Atom), maker(Tuple), maker(List)
Term: TypeAlias = Atom | Int | Float | Str | Bin | Tuple | List | Map | Fun | Unknown


def as_atom(term: Term) -> str | None:
    """The name of an atom; None for anything else."""
    return term.name if isinstance(term, Atom) else None


def as_string(term: Term) -> str | None:
    """What Erlang takes for a string, a flat list of Unicode code points, `[]` too; None for anything else."""
    if isinstance(term, Str):
        return term.value
    if not isinstance(term, List) or term.tail is not None:
        return None
    codes = [item.value if isinstance(item, Int) else -1 for item in term.items]
    if all(0 <= code <= MAX_CODE_POINT and code not in SURROGATES for code in codes):
        return "".join(map(chr, codes))
    return None


def as_list(term: Term) -> tuple[Term, ...] | None:
    """The elements of a proper list (of a string its characters); None for anything else."""
    if isinstance(term, List) and term.tail is None:
        return term.items
    if isinstance(term, Str):
        return tuple(Int(ord(c), term.span) for c in term.value)
    return None


def is_known(term: Term) -> bool:
    """Whether no part of a term is Unknown."""
    if isinstance(term, Atom):  # nearly all are: the others take longer to tell apart
        return True
    if isinstance(term, Tuple):
        return all(map(is_known, term.items))
    if isinstance(term, List):
        return all(map(is_known, term.items)) and (term.tail is None or is_known(term.tail))
    if isinstance(term, Map):
        return all(is_known(part) for pair in term.pairs for part in pair)
    return not isinstance(term, Unknown)


def has_fun(term: Term) -> bool:
    """Whether a fun is anywhere in a term."""
    if isinstance(term, Atom):
        return False
    if isinstance(term, Tuple):
        return any(map(has_fun, term.items))
    if isinstance(term, List):
        return any(map(has_fun, term.items)) or (term.tail is not None and has_fun(term.tail))
    if isinstance(term, Map):
        return any(has_fun(part) for pair in term.pairs for part in pair)
    return isinstance(term, Fun)


def is_list(term: Term) -> bool:
    """Whether Erlang's `is_list/1` holds: proper or not."""
    return isinstance(term, List) or type(term) is Str  # not `List | Str`, which is made anew each time


def is_tagged(term: Term, tag: str, size: int) -> bool:
    """Whether a term is a tuple of this size whose first element is this atom."""
    return isinstance(term, Tuple) and len(term.items) == size and as_atom(term.items[0]) == tag


def string(text: str) -> Term:
    """The term for a string of any length."""
    return Str(text) if text else List(())


def tup(*items: Term | str) -> Tuple:
    """A tuple for a relup or an error; a Python string stands for the atom of that name."""
    return Tuple(tuple(Atom(i) if isinstance(i, str) else i for i in items))


def atoms(names: tuple[str, ...] | list[str]) -> List:
    """A list of atoms."""
    return List(tuple(map(Atom, names)))


def is_chardata(term: Term) -> bool:
    """Whether `unicode:characters_to_list/1` would look into a term instead of refusing it with `badarg`."""
    match term:
        case Str():
            return True
        case Bin(_, unused):
            return unused == 0
        case List(items, tail):
            good_tail = tail is None or (isinstance(tail, Bin) and is_chardata(tail))
            return good_tail and all(isinstance(item, Int) or is_chardata(item) for item in items)
    return False
