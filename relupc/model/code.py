"""What the functions of a module do, as far as it can be told without running them.

Made from compiled code (relupc.analyse) or from source text; what rules ask about code is asked of these. Values are
terms. A part that is not known is an `Unknown` whose `origin` says where it comes from: an argument, a call, a fun made
here, or several values of which one is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Literal, TypeAlias

from relupc.model.beam import FA, MFA, Callers, Names, Place, names_in
from relupc.model.passage import Passage
from relupc.model.source import Source
from relupc.model.term import Atom, List, Map, Term, Tuple, Unknown
from relupc.model.value import NamedTuple, dataclass, field


class Argument(NamedTuple):
    """Origin: the argument of that number, from 0, untouched."""

    number: int


class Result(NamedTuple):
    """Origin: what a call returned. The module is empty where a fun was called."""

    called: MFA
    args: tuple[Term, ...]


class LocalFun(NamedTuple):
    """Origin: a fun that belongs to this version of the module, with the values it brings along.

    `function` is what it runs; `captures` are the values.
    """

    function: FA
    captures: tuple[Term, ...]


class MadeFun(NamedTuple):
    """Origin: a LocalFun that came here by calls, and the module that made it."""

    module: str
    function: FA
    captures: tuple[Term, ...]


class Part(NamedTuple):
    """Origin: a part of another value: an element of a tuple by its number (from 0), or the value of a map's key."""

    whole: Term
    at: int | Term


class Choice(NamedTuple):
    """Origin: one of these values, by the way that was taken."""

    options: tuple[Term, ...]


Origin: TypeAlias = Argument | Result | LocalFun | Part | Choice

# Functions whose result holds what they are given, and only that.
KEEPING = frozenset(
    {
        *(MFA("erlang", "++", 2), MFA("erlang", "append_element", 2), MFA("erlang", "setelement", 3)),
        *(MFA("lists", name, arity) for name, arity in (("append", 1), ("append", 2), ("flatten", 1), ("reverse", 1))),
        *(MFA("lists", "keystore", 4), MFA("maps", "from_list", 1), MFA("maps", "merge", 2), MFA("maps", "put", 3)),
        *(MFA("Elixir.Keyword", "merge", 2), MFA("Elixir.Keyword", "put", 3)),
        *(MFA("Elixir.Map", "merge", 2), MFA("Elixir.Map", "new", 1), MFA("Elixir.Map", "put", 3)),
    }
)


_SEND = ("erlang", "!")


class Call(NamedTuple):
    """A call. `kind` is `local` (by name only), `remote` (through a module's name, be it the own one), or `fun`.

    A message sent is a remote call of `erlang:'!'/2`. `tail` is whether nothing of the function stays on the stack.
    For a fun `called` has an empty module and name, and the fun itself is the last of `args`.
    """

    called: MFA
    args: tuple[Term, ...]
    kind: Literal["local", "remote", "fun"]
    tail: bool
    place: Place | None


class Test(NamedTuple):
    """A question asked of an argument or a part of one, such as `is_tagged_tuple` with 3 and `state`."""

    name: str
    value: Term
    against: tuple[Term, ...]


class Wait(NamedTuple):
    """A `receive` that can wait. `timed` has an `after`; `reply` takes only the answer to what was just sent.

    `leaves_to` are the local functions that a timeout goes on with, `goes_to` those that anything does (or None).
    `last`: nothing is called afterwards, but to exit. `sleeps`: it takes no message.
    """

    timed: bool
    reply: bool
    leaves_to: frozenset[FA]
    place: Place | None
    goes_to: frozenset[FA] | None = None
    last: bool = False
    sleeps: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function: what it calls in the order of its text, what it may return (its own tail calls apart).

    `bounded` is why its recursion ends by itself, if that can be seen: it walks a list, or counts. `catches` is whether
    it has a `try` or `catch`. `goes_on` are the functions that are called with something left to do, each with the
    local ones in which that may end; None where it is not known.
    """

    name: str
    arity: int
    place: Place | None
    calls: tuple[Call, ...]
    returns: tuple[Term, ...]
    tests: tuple[Test, ...] = ()
    waits: tuple[Wait, ...] = ()
    bounded: Literal["list", "counter"] | None = None
    catches: bool = False
    goes_on: Mapping[MFA, frozenset[FA]] | None = field(default=None, repr=False, hash=False)

    @property
    def fa(self) -> FA:
        return FA(self.name, self.arity)


class Acts(NamedTuple):
    """What the instructions of a function name: all functions that it may call by name, a message sent as in Call.

    `marks` are the names of some other instructions: what waits, makes a fun, or tells that it is the `-on_load`.
    """

    calls: frozenset[MFA]
    marks: frozenset[str]


def _unknown() -> None:
    return None


def _nothing(_: str) -> frozenset[FA]:
    return frozenset()


def _not_followed(_: FA, __: tuple[Term, ...]) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Module:
    """A module of one build, with the code that was asked for.

    `functions` is empty where nobody asked for the code, see `decoded`. `path` is the file it was read from; `source`
    finds its source text. `headers` are the files that its `records` are from, `sizes` those of the tuples with a tag
    that it makes or asks for. `acts` tells without a look at what functions do which of them may matter, `callers` by
    what is called which of them may do that, and `names` what they may hold as data; None where that is not known.
    `holding` are the functions that may hold an atom, `tags` the records that it may ask a value to be, with their
    sizes. `passages` are the ways through a function that is given some values; None if it does not know them.
    """

    name: str
    app: str
    path: str
    md5: bytes
    exports: frozenset[FA]
    imports: frozenset[MFA]
    attributes: tuple[tuple[str, Term], ...]
    functions: Mapping[FA, Function]
    records: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sizes: Callable[[str], frozenset[int]] = field(default=lambda _tag: frozenset(), compare=False, repr=False)
    decoded: bool = True
    source: Callable[[], Source | None] = field(default=_unknown, compare=False, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    loading: Callable[[], FA | None] = field(default=_unknown, compare=False, repr=False)
    acts: Mapping[FA, Acts] | None = field(default=None, compare=False, repr=False)
    callers: Callable[[], Callers] = field(default=dict, compare=False, repr=False)
    names: Callable[[], Names | None] = field(default=_unknown, compare=False, repr=False)
    tags: Callable[[], Mapping[str, frozenset[int]] | None] = field(default=_unknown, compare=False, repr=False)
    holding: Callable[[str], frozenset[FA]] = field(default=_nothing, compare=False, repr=False)
    passages: Callable[[FA, tuple[Term, ...]], tuple[Passage, ...] | None] = field(default=_not_followed, compare=False)

    @property
    def behaviours(self) -> tuple[str, ...]:
        """The behaviours that it declares, in their order."""
        named = [value for key, value in self.attributes if key in ("behaviour", "behavior")]
        return tuple(atom.name for value in named for atom in _atoms_of(value))

    @property
    def on_load(self) -> FA | None:
        """The function that runs when it is loaded."""
        return self.loading()

    def function(self, name: str, arity: int) -> Function | None:
        return self.functions.get(FA(name, arity))

    def naming(self, wanted: Mapping[str, Collection[FA]]) -> Collection[FA]:
        """The functions that may name one of these, by their modules, as data."""
        names = self.names()
        if names is None:
            return self.functions.keys()
        pairs = {(one, fa.name) for one in wanted.keys() & names.atoms for fa in wanted[one] if fa.name in names.atoms}
        pairs |= {pair for pair in names.pairs if any(fa.name == pair[1] for fa in wanted.get(pair[0], ()))}
        return frozenset[FA]().union(*(self.holding(one) & self.holding(name) for one, name in pairs))

    def may_use(self, atom: str) -> bool:
        """Whether its code may hold an atom."""
        names = self.names()
        return names is None or not atom.isascii() or atom in names.atoms or atom.encode() in names.literals

    def imports_any(self, wanted: Collection[tuple[str, str]]) -> bool:
        """Whether it calls, or makes into a fun, a function of another module with one of these names."""
        return not names_in(self.imports).isdisjoint(wanted)

    def calling(self, wanted: Collection[tuple[str, str]], among: Collection[FA] | None = None) -> Iterator[Function]:
        """The functions that may call what has one of these names, a module's and its own; in the order of the code.

        Of others than those that they are `among`, if that is given, nothing is said.
        """
        if self.acts is None:
            yield from (one for fa, one in self.functions.items() if among is None or fa in among)
        elif self.imports_any(wanted) or _SEND in wanted or any(module == self.name for module, _ in wanted):
            callers = self.callers()
            found = {one for pair in callers.keys() & wanted for one in callers[pair]}
            yield from (self.functions[fa] for _, fa in sorted(found) if among is None or fa in among)


def _atoms_of(value: Term) -> Iterator[Atom]:
    """An attribute is written as a list of values; a behaviour may also be a bare atom in source text."""
    for item in (value, *(value.items if isinstance(value, List) else ())):
        if isinstance(item, Atom):
            yield item


def options(value: Term) -> tuple[Term, ...]:
    """The values of which a value is one: itself, or those of a choice."""
    return value.origin.options if isinstance(value, Unknown) and isinstance(value.origin, Choice) else (value,)


def origin_of(value: Term) -> Origin | None:
    """Where an unknown value comes from; None for a known one, and where that is not known."""
    found = value.origin if isinstance(value, Unknown) else None
    return found if isinstance(found, Argument | Result | LocalFun | Part | Choice) else None


def parts(value: Term) -> Iterator[Term]:
    """A value and all that it holds: elements, keys and values, the values of a choice, what a fun brings along.

    What a call was given that returns just that (KEEPING), too.
    """
    todo = [value]
    while todo:
        one = todo.pop()
        yield one
        todo += reversed(tuple(_within(one)))


def _within(value: Term) -> Iterator[Term]:
    match value:
        case Tuple(items):
            yield from items
        case List(items, tail):
            yield from items
            yield from (tail,) if tail else ()
        case Map(pairs):
            yield from (part for pair in pairs for part in pair)
        case Unknown(origin=Choice(found)):
            yield from found
        case Unknown(origin=LocalFun(_, captures) | MadeFun(_, _, captures)):
            yield from captures
        case Unknown(origin=Result(called, args)) if called in KEEPING:
            yield from args


def local_funs(value: Term) -> tuple[LocalFun, ...]:
    """The funs of this module that a value holds, each once, in their order."""
    found = (part.origin for part in parts(value) if isinstance(part, Unknown))
    return tuple(dict.fromkeys(origin for origin in found if isinstance(origin, LocalFun)))


def made_funs(value: Term) -> tuple[MadeFun, ...]:
    """The same for a value that calls were put into: funs of any module."""
    found = (part.origin for part in parts(value) if isinstance(part, Unknown))
    return tuple(dict.fromkeys(origin for origin in found if isinstance(origin, MadeFun)))
