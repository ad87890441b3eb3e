"""The function that converts a state, as an upgrade calls it -> with which Extra it does so, and the ways it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relupc.model.code import Argument, Module, origin_of
from relupc.model.layout import flat
from relupc.model.passage import Passage
from relupc.model.proposal import Confidence
from relupc.model.state import CONVERTERS, PLACES, Conversion, Shape, State
from relupc.model.term import Atom, List, Map, Term, Tuple, Unknown, as_list, as_string, is_known
from relupc.model.value import NamedTuple, replace
from relupc.propose.way import Way

NOTHING = List(())
_ANY = Unknown("_")
_FIRST, _LAST = " ", "\xff"  # of the characters that OTP takes for text (misc_supp:is_string/1)


class Extra(NamedTuple):
    """What the function is to be given; None where that is for a person to say, or where it takes nothing at all.

    `asked` is what it asks for, in words: empty where it takes `[]`. `keeps` is whether it gives back each state as it
    is that it may be given, such as by a clause for all other versions than those it converts; None: not known.
    """

    value: Term | None = NOTHING
    confidence: Confidence = "sure"
    asked: str = ""
    keeps: bool | None = None


def extra_of(way: Way, module: Module, state: State) -> Extra:
    """The Extra with which the function of `module`, which OTP asks, converts a state of the build that runs."""
    plain, others = (passages(way, module, state, extra) for extra in (NOTHING, _ANY))
    if plain is None or others is None or not all(_keeps(one, state) for one in plain):
        return Extra(keeps=False if any(map(_moves, plain or ())) else None)
    wanted = [one for one in others if not _keeps(one, state)] or ([] if plain else others)
    found = tuple(dict.fromkeys(one.args[PLACES[CONVERTERS[state.kind]][2]] for one in wanted))
    if plain and not found:
        return Extra(keeps=True)
    said = " or ".join(map(_spelled, found[:3])) + (" or others" if len(found) > 3 else "")
    if not all(map(is_known, found)) or not found:
        return Extra(None, "guess", said)
    return Extra(found[0], "guess" if len(found) > 1 else "likely" if plain else "sure", said)


def _spelled(extra: Term) -> str:
    return "something else than `[]`" if isinstance(extra, Unknown) else f"`{flat(extra)}`"


def passages(way: Way, module: Module, state: State, extra: Term = NOTHING) -> list[Passage] | None:
    """The ways through the function that end in what OTP takes; None where they are not known."""
    fa = CONVERTERS[state.kind]
    version, states, at = PLACES[fa]
    found: list[Passage] = []
    for held in _held(state):
        given: list[Term] = [_ANY] * fa.arity
        given[version], given[states[-1]], given[at] = _version(way, module.name), held, extra
        ways = module.passages(fa, tuple(given))
        if ways is None:
            return None
        found += (one for one in ways if not _is_error(one.result))
    return list(dict.fromkeys(found))


def narrowed(conversion: Conversion, ways: Iterable[Passage] | None) -> Conversion:
    """With those shapes alone that these ways make: others are for states of other builds."""
    results = [one.result for one in ways or ()]
    made = tuple(shape for shape in conversion.made if any(_may_be(result, shape) for result in results))
    return replace(conversion, made=made) if made else conversion


def _may_be(result: Term, shape: Shape) -> bool:
    """Whether the state in a result may have a shape."""
    made = result.items[-1] if isinstance(result, Tuple) and result.items else result
    match made:
        case Map():
            return shape.kind == "map"
        case Tuple(items):
            return shape.kind == "tuple" and shape.size in (0, len(items))
    return True


def _held(state: State) -> Iterator[Term]:
    """The states that a process may have, as far as clauses tell them apart."""
    if not state.whole or any(one.kind == "plain" or (one.kind == "map" and not one.keys) for one in state.held):
        yield _ANY
        return
    for one in state.held:
        if one.kind == "map":
            yield Map(tuple((key, _ANY) for key in one.keys))
            continue
        first: tuple[Term, ...] = (Atom(one.tag),) if one.tag else ()
        yield Tuple((*first, *[_ANY] * (one.size - len(first))))


def _version(way: Way, name: str) -> Term:
    """The version that OTP gives it: that of the older module both ways (release_handler_1:get_vsn/1).

    Compilers put what is no list into one: `-vsn(1)` is kept as `[1]`, which is no string for OTP.
    """
    older = way.older.modules.get(name)
    found = next((value for key, value in older.attributes if key == "vsn"), _ANY) if older else _ANY
    text, items = as_string(found), as_list(found)
    if items and len(items) == 1 and not (text and _FIRST <= text <= _LAST):
        found = items[0]
    return found if way.direction == "up" else Tuple((Atom("down"), found))


def _is_error(result: Term) -> bool:
    return isinstance(result, Tuple) and result.items[:1] == (Atom("error"),)


def _keeps(one: Passage, state: State) -> bool:
    """Whether a way gives the state back as it was; of a state machine its name, which may be written out, too."""
    states = PLACES[CONVERTERS[state.kind]][1]
    parts = one.result.items[1:] if isinstance(one.result, Tuple) else ()
    return len(parts) == len(states) and all(
        origin_of(part) == Argument(at) or (is_known(part) and part == one.args[at])
        for part, at in zip(parts, states, strict=False)
    )


def _moves(one: Passage) -> bool:
    """Whether a way takes a state machine from the state of one name to that of another one."""
    name = one.result.items[1] if isinstance(one.result, Tuple) and len(one.result.items) == 3 else None
    return isinstance(name, Atom) and any(isinstance(given, Atom) and given != name for given in one.args[1:2])
