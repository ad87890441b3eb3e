"""The states that `init/1` makes in two builds, alike from outside -> how what they hold differs."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.code import KEEPING, Module, Part, Result, options, origin_of
from relupc.model.diagnostic import Severity
from relupc.model.drift import PLAIN, Side, fields
from relupc.model.layout import flat
from relupc.model.spelling import module_name, spell_atom
from relupc.model.state import Shape
from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Map, Str, Term, Tuple, Unknown, as_atom
from relupc.model.value import NamedTuple

_STRUCT = Atom("__struct__")
_KINDS = {Int: "integer", Float: "integer", Atom: "atom", Bin: "binary", List: "list", Str: "list", Fun: "function"}
_RANK: tuple[Severity, ...] = ("note", "warning", "error")


class Difference(NamedTuple):
    """How a state differs, in words. `sure` fails for certain, as in model/drift.py."""

    said: str
    sure: Severity


class _Here(NamedTuple):
    """Where two values stand, in words, and the tuples that the newer of both asks for: tag or none, and size."""

    where: str
    asked: frozenset[tuple[str | None, int]]


def inside(pre: Side, post: Side) -> Difference | None:
    """The gravest difference between what both builds put into their states; None where none can be seen.

    A part that is made in the same way is the same, whatever it is. What only loses keys of a map, or is not known, is
    a `note`; a `warning` where the process that runs may have by now what it is to have.
    """
    asked = frozenset(_asked(post.module))
    found = []
    for old in pre.state.values:
        alike = [new for new in post.state.values if _outside(new) == _outside(old)]
        ways = [_gravest(_of_state(pre.module, asked, old, new)) for new in alike]
        known = [way for way in ways if way]
        if known and len(known) == len(ways):
            found.append(min(known, key=_rank))
    return max(found, key=_rank, default=None)


def _rank(one: Difference) -> int:
    return _RANK.index(one.sure)


def _gravest(found: Iterator[Difference]) -> Difference | None:
    return max(found, key=_rank, default=None)


def _asked(module: Module) -> Iterator[tuple[str | None, int]]:
    """The tuples that code asks for, where it may look at what is in a state."""
    for function in module.functions.values():
        for test in function.tests:
            if function.fa in module.exports and not isinstance(origin_of(test.value), Part):
                continue
            tag = next((one.name for one in test.against if isinstance(one, Atom)), None)
            if test.name in ("is_tagged_tuple", "test_arity", "select_tuple_arity"):
                yield from ((tag, one.value) for one in test.against if isinstance(one, Int))


def _outside(value: Term) -> tuple[object, ...]:
    """What of a state is compared elsewhere (model/drift.py)."""
    match value:
        case Tuple(items):
            return "tuple", as_atom(items[0]) if items else None, len(items)
        case Map(pairs):
            return "map", dict(pairs).get(_STRUCT)
    return (_KINDS.get(type(value)),)


def _of_state(module: Module, asked: frozenset[tuple[str | None, int]], old: Term, new: Term) -> Iterator[Difference]:
    match old, new:
        case Tuple(before), Tuple(after):
            known = fields(module, Shape("tuple", as_atom(before[0]), len(before))) if before else None
            names = ["", *(f"`{spell_atom(name)}`" for name in known)] if known else None
            for at, (was, now) in enumerate(zip(before, after, strict=True)):
                yield from _differ(_Here(names[at] if names else f"element {at + 1}", asked), was, now)
        case Map(before), Map(after):
            given = dict(after)
            for key, was in before:
                if key in given:
                    yield from _differ(_Here(f"`{_spelled(key)}`", asked), was, given[key])
        case List() | Str(), List() | Str():
            yield from _differ(_Here("the list", asked), old, new)


def _differ(here: _Here, old: Term, new: Term) -> Iterator[Difference]:
    """The differences of a value that is one of some from another one."""
    before, after = options(old), options(new)
    if old == new:
        return
    if len(before) == len(after) == 1:
        yield from _of_one(here, old, new)
        return
    for was in before:
        ways = [_gravest(_differ(here, was, now)) for now in after]
        known = [way for way in ways if way]
        if len(known) == len(ways):
            yield min(known, key=_rank)


def _of_one(here: _Here, old: Term, new: Term) -> Iterator[Difference]:
    match old, new:
        case (Unknown(), _) | (_, Unknown()):
            yield from _of_unknown(here, old, new)
        case Tuple(before), Tuple(after):
            yield from _of_tuples(here, before, after)
        case Map(), Map():
            yield from _of_maps(here, old, new)
        case List(before), List(after):
            for was, now in zip(before, after, strict=False):
                yield from _differ(here, was, now)
        case _ if _outside(old)[0] != _outside(new)[0]:
            yield _becomes(here, old, new, "warning" if isinstance(old, Atom) or isinstance(new, Atom) else "error")


def _of_unknown(here: _Here, old: Term, new: Term) -> Iterator[Difference]:
    """What the same function returns has the same shape, but where that is what it is given."""
    was, now = origin_of(old), origin_of(new)
    if isinstance(was, Result) and isinstance(now, Result) and was.called == now.called:
        if was.called in KEEPING:
            for one, other in zip(was.args, now.args, strict=False):
                yield from _differ(here, one, other)
    elif was or now or not (isinstance(old, Unknown) and isinstance(new, Unknown)):
        yield Difference(f"`init/1` makes something else in {here.where}, and what that is is not known", "note")


def _of_tuples(here: _Here, before: tuple[Term, ...], after: tuple[Term, ...]) -> Iterator[Difference]:
    old, new = (as_atom(items[0]) if items else None for items in (before, after))
    if len(before) != len(after):
        lazy = old != new or {(old, len(before)), (None, len(before))} & here.asked
        yield _becomes(here, Tuple(before), Tuple(after), "warning" if lazy else "error")
    elif old and new and old != new:
        yield _becomes(here, Tuple(before), Tuple(after), "warning")
    else:
        for was, now in zip(before, after, strict=True):
            yield from _differ(here, was, now)


def _of_maps(here: _Here, old: Map, new: Map) -> Iterator[Difference]:
    was, now = dict(old.pairs), dict(new.pairs)
    if was.get(_STRUCT) != now.get(_STRUCT):
        yield _becomes(here, old, new, "warning")
        return
    gained, lost = _only(now, was), _only(was, now)
    if gained:
        yield Difference(f"the map in {here.where} gets {gained}", "error" if was else "warning")
    elif lost:
        yield Difference(f"the map in {here.where} loses {lost}, and a process that runs keeps what it has", "note")
    for key in (key for key in was if key in now):
        yield from _differ(here, was[key], now[key])


def _only(there: dict[Term, Term], elsewhere: dict[Term, Term]) -> str:
    """The keys that only one of two maps has."""
    found = [f"`{_spelled(key)}`" for key in there if key not in elsewhere]
    return ", ".join(found[:4]) + (", ..." if len(found) > 4 else "")


def _becomes(here: _Here, old: Term, new: Term, sure: Severity) -> Difference:
    return Difference(f"{_look(old)} in {here.where} becomes {_look(new)}", sure)


def _look(value: Term) -> str:
    """What a value looks like, in a sentence."""
    match value:
        case Atom(name):
            return f"`{spell_atom(name)}`"
        case Tuple(items):
            shown = [spell_atom(items[0].name) if isinstance(items[0], Atom) else "_"] if items else []
            shown += ["_"] * (min(len(items), 8) - 1) + ["..."] * (len(items) > 8)
            return f"`{{{', '.join(shown)}}}`"
        case Map(pairs):
            struct = as_atom(dict(pairs).get(_STRUCT, Int(0)))
            return f"`%{module_name(struct)}{{}}`" if struct else "a map"
    return PLAIN.get(_KINDS.get(type(value), ""), "a value")


def _spelled(key: Term) -> str:
    return spell_atom(key.name) if isinstance(key, Atom) else flat(key)
