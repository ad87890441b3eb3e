"""What is known of a value that a function was given, and a test of it -> whether it passes, and what is known then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from relupc.analyse.values import UNKNOWN, element, unknown, value_at
from relupc.model.code import Argument, Part, Test, origin_of
from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Map, Str, Term, Tuple, as_string, is_known
from relupc.model.value import NamedTuple

MAX_NESTED, MAX_SIZE = 8, 32  # tuples one in the other that are put together, and elements of one
ALL = frozenset({"atom", "integer", "float", "nil", "cons", "tuple", "map", "bits", "other"})
_OF_TYPE = {Atom: "atom", Int: "integer", Float: "float", Tuple: "tuple", Map: "map", Bin: "bits", Fun: "other"}
# What passes such a test is of one of these kinds; of some tests all that is so passes.
_TYPES: dict[str, tuple[frozenset[str], bool]] = {
    "is_atom": (frozenset({"atom"}), True),
    "is_boolean": (frozenset({"atom"}), False),
    "is_integer": (frozenset({"integer"}), True),
    "is_float": (frozenset({"float"}), True),
    "is_number": (frozenset({"integer", "float"}), True),
    "is_nil": (frozenset({"nil"}), True),
    "is_list": (frozenset({"nil", "cons"}), True),
    "is_nonempty_list": (frozenset({"cons"}), True),
    "is_tuple": (frozenset({"tuple"}), True),
    "is_map": (frozenset({"map"}), True),
    "has_map_fields": (frozenset({"map"}), False),
    "is_binary": (frozenset({"bits"}), False),
    "is_bitstr": (frozenset({"bits"}), True),
    **{f"is_{name}": (frozenset({"other"}), False) for name in ("pid", "port", "reference", "function", "function2")},
}
_EQUAL, _UNEQUAL = ("is_eq_exact", "is_eq"), ("is_ne_exact", "is_ne")


class Known(NamedTuple):
    """What is known of a value: what it may be, of a tuple its size, and itself."""

    kinds: frozenset[str] = ALL
    size: int | None = None
    value: Term | None = None


Learned: TypeAlias = Mapping[Term, Known]  # by the value: an argument, or a part of one


class Answer(NamedTuple):
    """How a test ends, None where it may end either way; what is learned of values when it passes and when it fails."""

    passes: bool | None
    then: Learned
    otherwise: Learned


def answer(test: Test, given: tuple[Term, ...], learned: Learned) -> Answer:
    """What comes of a test of an argument or a part of one."""
    known = known_of(test.value, given, learned)
    match test.name, test.against:
        case name, _ if name in _TYPES:
            return _of_type(test, known)
        case "test_arity", (Int(size),):
            return _sized(test.value, known, size)
        case "is_tagged_tuple", (Int(size), Atom() as tag):
            outer = _sized(test.value, known, size)
            first = unknown(Part(test.value, 0))
            inner = _equal(first, known_of(first, given, {**learned, **outer.then}), tag)
            passes = None if None in (outer.passes, inner.passes) else True
            fails = False in (outer.passes, inner.passes)
            return Answer(False if fails else passes, {**outer.then, **inner.then}, {})
        case name, (other,) if name in _EQUAL and is_known(other):
            return _equal(test.value, known, other)
        case name, (other,) if name in _UNEQUAL and is_known(other):
            passes, then, otherwise = _equal(test.value, known, other)
            return Answer(None if passes is None else not passes, otherwise, then)
    return Answer(None, {}, {})


def _of_type(test: Test, known: Known) -> Answer:
    kinds, enough = _TYPES[test.name]
    both, rest = known.kinds & kinds, known.kinds - kinds
    passes = False if not both else True if enough and not rest else None
    then, otherwise = (known._replace(kinds=found) for found in (both, rest))
    return Answer(passes, {test.value: then}, {test.value: otherwise} if enough else {})


def _sized(value: Term, known: Known, size: int) -> Answer:
    if "tuple" not in known.kinds or known.size not in (None, size):
        return Answer(False, {}, {})
    sure = known.size == size and len(known.kinds) == 1
    return Answer(sure or None, {value: known._replace(kinds=frozenset({"tuple"}), size=size)}, {})


def _equal(value: Term, known: Known, other: Term) -> Answer:
    wanted = _of_term(other)
    if known.value is not None:
        same = as_string(other) is not None and as_string(other) == as_string(known.value)
        return Answer(same or known.value == other, {}, {})
    if not wanted.kinds & known.kinds or known.size not in (None, wanted.size):
        return Answer(False, {}, {})
    return Answer(None, {value: wanted}, {})


def known_of(value: Term, given: tuple[Term, ...], learned: Learned) -> Known:
    """What is known of an argument or a part of one."""
    return learned[value] if value in learned else _of_term(_resolved(value, given, learned))


def _resolved(value: Term, given: tuple[Term, ...], learned: Learned) -> Term:
    match origin_of(value):
        case Argument(number):
            return given[number] if number < len(given) else UNKNOWN
        case Part(whole, at):
            found = learned[whole].value if whole in learned else None
            found = _resolved(whole, given, learned) if found is None else found
            return element(found, at) if isinstance(at, int) else value_at(found, at)
    return value


def _of_term(value: Term) -> Known:
    itself = value if is_known(value) else None
    match value:
        case Tuple(items):
            return Known(frozenset({"tuple"}), len(items), itself)
        case Str() | List():
            empty = as_string(value) == ""
            return Known(frozenset({"nil" if empty else "cons"}), None, itself)
    kind = _OF_TYPE.get(type(value))
    return Known(frozenset({kind}), None, itself) if kind else Known()


def filled(value: Term, given: tuple[Term, ...], learned: Learned, nested: int = 0) -> Term:
    """An argument, or a part of one, with what was learned of it put in."""
    known = known_of(value, given, learned)
    if known.value is not None:
        return known.value
    if known.kinds == frozenset({"nil"}):
        return List(())
    if known.size is None or nested > MAX_NESTED or known.size > MAX_SIZE:
        return UNKNOWN
    return Tuple(tuple(filled(unknown(Part(value, at)), given, learned, nested + 1) for at in range(known.size)))
