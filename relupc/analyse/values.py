"""Values with unknown parts: how they are made, and what becomes of two that meet.

All of it is bounded: comparing two values must cost little and stay within Python's recursion, whatever a file holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from relupc.model.beam import MFA
from relupc.model.code import KEEPING, Argument, Choice, LocalFun, MadeFun, Origin, Part, Result, options, origin_of
from relupc.model.term import Atom, Bin, Fun, Int, List, Map, Str, Term, Tuple, Unknown, as_list

MAX_OPTIONS = 8  # of a choice; more are too many to say anything about
MAX_SIZE = 400  # parts of a value made by code: equal values may be compared often
MAX_DEPTH = 40
MAX_TEXT = 4096  # bytes of a binary, or characters
UNKNOWN = Unknown("_")
NIL = List(())
SETELEMENT = MFA("erlang", "setelement", 3)
MERGE = MFA("maps", "merge", 2)


def unknown(origin: Origin) -> Unknown:
    """A value that is not known, but where it comes from is."""
    match origin:
        case Result():
            module, name, arity = origin.called
            return Unknown(f"{module}:{name}/{arity}", origin=origin)
        case Argument():
            return Unknown(f"argument {origin.number + 1}", origin=origin)
        case LocalFun():
            return Unknown(f"fun {origin.function.name}/{origin.function.arity}", origin=origin)
        case Part():
            return Unknown("a part", origin=origin)
        case Choice(found):
            return Unknown(" | ".join(sorted({type(one).__name__ for one in found})), origin=origin)


def result(called: MFA, args: tuple[Term, ...]) -> Term:
    """What a call returns, as far as that is known. Of results among its arguments only the call is kept."""
    known = _KNOWN.get(called)
    found = known(*args) if known and len(args) == called.arity else None
    return small(unknown(Result(called, tuple(map(outline, args))))) if found is None else found


def outline(value: Term) -> Term:
    """A value of which, where it is the result of a call, only that call is kept, so that values stay small."""
    origin = origin_of(value)
    if isinstance(origin, Result) and origin.called not in KEEPING:
        return unknown(Result(origin.called, ()))
    if isinstance(origin, Choice):
        return unknown(Choice(tuple(map(outline, origin.options))))
    return value


def joined(one: Term, other: Term) -> Term:
    """A value that is one of two."""
    if one is other:
        return one
    if one is UNKNOWN or other is UNKNOWN or not is_small(one) or not is_small(other):
        return UNKNOWN
    if one == other:
        return one
    found = tuple(dict.fromkeys((*options(one), *options(other))))
    if len(found) > MAX_OPTIONS or UNKNOWN in found:
        return UNKNOWN
    return small(unknown(Choice(found)))


def small(value: Term) -> Term:
    """The value, or an unknown one if it has too many parts."""
    return value if is_small(value) else UNKNOWN


def is_small(value: Term) -> bool:
    """Whether a value has few enough parts to be compared with others, and does not hold them too deep."""
    level: list[Term] = [value]
    left = MAX_SIZE
    for _ in range(MAX_DEPTH):
        below: list[Term] = []
        for one in level:
            held = _held(one)
            if held:
                left -= len(held)
                if left < 0:
                    return False
                below += held
        if not below:
            return True
        level = below
    return False


def _held(value: Term) -> Sequence[Term]:
    """What a value is compared by. A long text counts as what is too much."""
    match value:
        case Atom() | Int():
            return ()
        case Unknown():
            return _behind(value.origin)
        case Tuple():
            return value.items
        case List():
            return value.items if value.tail is None else (*value.items[: MAX_SIZE + 1], value.tail)
        case Map():
            return [part for pair in value.pairs[: MAX_SIZE + 1] for part in pair]
        case Str(text) | Bin(text):
            return () if len(text) <= MAX_TEXT else (UNKNOWN,) * (MAX_SIZE + 1)
    return ()


def _behind(origin: object) -> Sequence[Term]:
    match origin:
        case None | Argument():
            return ()
        case Result() | LocalFun():
            return origin[1]
        case MadeFun():
            return origin.captures
        case Choice():
            return origin.options
        case Part():
            return (origin.whole,) if isinstance(origin.at, int) else (origin.whole, origin.at)
    return ()


def cons(head: Term, tail: Term) -> Term:
    """`[Head | Tail]`."""
    if isinstance(tail, Str):
        tail = List(as_list(Str(tail.value[: MAX_SIZE + 1])) or ())
    if isinstance(tail, List):
        return small(List((head, *tail.items[: MAX_SIZE + 1]), tail.tail))
    return small(List((head,), tail))


def element(whole: Term, index: int) -> Term:
    """An element of a tuple, from 0."""
    if isinstance(whole, Tuple):
        return whole.items[index] if index < len(whole.items) else UNKNOWN
    match origin_of(whole):
        case Result(called, (Int(number), before, value)) if called == SETELEMENT:
            return value if number == index + 1 else element(before, index)
    return _part(whole, index)


def head(whole: Term) -> Term:
    """The first of a list."""
    return whole.items[0] if isinstance(whole, List) and whole.items else UNKNOWN


def tail(whole: Term) -> Term:
    """All of a list but its first."""
    if not isinstance(whole, List) or not 0 < len(whole.items) <= MAX_SIZE:
        return UNKNOWN
    rest = whole.items[1:]
    return List(rest, whole.tail) if rest or whole.tail is None else whole.tail


def value_at(whole: Term, key: Term) -> Term:
    """The value of a key of a map."""
    if isinstance(whole, Map):
        return dict(whole.pairs).get(key, UNKNOWN) if is_small(whole) and is_small(key) else UNKNOWN
    match origin_of(whole):
        case Result(called, (before, Map(pairs))) if called == MERGE and is_small(key):
            return dict(pairs)[key] if key in dict(pairs) else value_at(before, key)
    return _part(whole, key)


def updated(whole: Term, pairs: tuple[tuple[Term, Term], ...]) -> Term:
    """A map with these keys set; of one that is not known, what `maps:merge/2` would give."""
    changes = Map(pairs)
    if not is_small(changes) or not is_small(whole):
        return UNKNOWN
    if isinstance(whole, Map):
        return small(Map(tuple({**dict(whole.pairs), **dict(pairs)}.items())))
    return small(unknown(Result(MERGE, (outline(whole), changes))))


def with_elements(whole: Term, changes: tuple[tuple[int, Term], ...]) -> Term:
    """A tuple with these elements, from 0, replaced; of one that is not known, what `setelement/3` would give."""
    changed = dict(changes)
    if not is_small(whole):
        return UNKNOWN
    if isinstance(whole, Tuple):
        return small(Tuple(tuple(changed.get(at, item) for at, item in enumerate(whole.items))))
    for at, value in changed.items():
        whole = small(unknown(Result(SETELEMENT, (Int(at + 1), outline(whole), outline(value)))))
    return whole


def made_fun(args: tuple[Term, ...]) -> Term:
    """What `erlang:make_fun/3` gives: an exported fun if all is known."""
    match args:
        case (Atom(module), Atom(name), Int(arity)):
            return Fun(module, name, arity)
    return UNKNOWN


def _part(whole: Term, index: int | Term) -> Term:
    """A part of an argument, or of a part of it: the only unknown values whose parts anybody asks for."""
    if not isinstance(origin_of(whole), Argument | Part):
        return UNKNOWN
    return small(unknown(Part(whole, index)))


def _at(number: Term, whole: Term) -> Term | None:
    return element(whole, number.value - 1) if isinstance(number, Int) and number.value > 0 else None


def _set(number: Term, whole: Term, value: Term) -> Term | None:
    if isinstance(number, Int) and number.value > 0:
        return with_elements(whole, ((number.value - 1, value),))
    return None


_KNOWN: dict[MFA, Callable[..., Term | None]] = {
    MFA("erlang", "element", 2): _at,
    MFA("erlang", "hd", 1): head,
    MFA("erlang", "make_fun", 3): lambda *args: made_fun(args),
    MFA("erlang", "map_get", 2): lambda key, whole: value_at(whole, key),
    MFA("erlang", "setelement", 3): _set,
    MFA("erlang", "tl", 1): tail,
}
