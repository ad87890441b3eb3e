"""What a supervisor says of its children in two builds, compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from relupc.model.beam import FA
from relupc.model.code import origin_of, parts
from relupc.model.program import Program
from relupc.model.supervision import Child, Listing, Supervisor
from relupc.model.term import Term, Unknown
from relupc.model.value import NamedTuple

SIMPLE = "simple_one_for_one"
FIELDS = 8  # of a Child, those of its specification
FLAGS, CHILDREN, UNSURE = "the flags", "the children", "what `init/1` says"


def differs(before: Sequence[Supervisor], after: Sequence[Supervisor]) -> str | None:
    """What changed; UNSURE where the code did, and it cannot be told what that comes to.

    Values that are made of the argument of `init/1`, or by a call, in the same way are the same.
    """
    ways = tuple(zip(before, after, strict=True)) if len(before) == len(after) else ()
    for one, other in ways:
        if any(map(unlike, (one.strategy, *one.limits), (other.strategy, *other.limits))):
            return FLAGS
        mine, theirs = ([kid[:FIELDS] for kid in side.children] for side in (one, other))
        if one.whole and other.whole and [kid[0] for kid in mine] != [kid[0] for kid in theirs]:
            return CHILDREN
        if len(mine) == len(theirs) and any(any(map(unlike, *both)) for both in zip(mine, theirs, strict=True)):
            return CHILDREN
    settled = ways and all(map(is_settled, (*before, *after)))
    return None if settled or [one.how for one in before] == [one.how for one in after] else UNSURE


def becomes_simple(before: Sequence[Supervisor], after: Sequence[Supervisor]) -> bool:
    """Whether a supervisor with a list of children becomes one that has only copies of one child."""
    was, now = ({one.strategy for one in side} for side in (before, after))
    return now == {SIMPLE} and SIMPLE not in was and None not in was


def unlike(one: object, other: object) -> bool:
    """Whether two values are sure to differ."""
    return one != other and not hidden(one) and not hidden(other)


def is_settled(one: Supervisor) -> bool:
    """Whether all that a supervisor says is known, be it as something that is not known before it runs."""
    fields = (field for kid in one.children for field in kid[:FIELDS])
    return one.whole and not any(map(hidden, (one.strategy, *one.limits, *fields)))


def hidden(value: object) -> bool:
    """Whether part of a value could not be followed."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return any(map(hidden, value))
    if value is None or isinstance(value, str | bool):
        return value is None
    return any(isinstance(part, Unknown) and origin_of(part) is None for part in parts(cast("Term", value)))


class Moved(NamedTuple):
    """A child that only one build has, and its supervisor there; `always` is whether that has it in any case."""

    supervisor: Supervisor
    child: Child
    always: bool = True


def only_in(here: Sequence[Supervisor], there: Sequence[Supervisor]) -> Iterator[Moved]:
    """The children that `here` has in any case and `there` cannot have, each once."""
    return (moved for moved in perhaps_only_in(here, there) if moved.always)


def perhaps_only_in(here: Sequence[Supervisor], there: Sequence[Supervisor]) -> Iterator[Moved]:
    """The children that `here` has, be it in some cases, and `there` cannot have, each once.

    A supervisor of copies has no list, and a significant child is one that may end by itself.
    """
    if any(one.strategy == SIMPLE for one in (*here, *there)) or not all(one.whole for one in there):
        return
    known = {child.id for one in there for child in one.children}
    always = set[Term].intersection(*({child.id for child in one.children if child.sure} for one in here))
    for one in here:
        for child in one.children:
            if child.id not in known and child.is_id_known and not child.significant:
                known.add(child.id)
                yield Moved(one, child, child.id in always)


def lists(program: Program, module: str) -> dict[tuple[Listing, FA], list[Supervisor]]:
    """The lists of children in a module, by the function that has them; one for each way it takes."""
    found: dict[tuple[Listing, FA], list[Supervisor]] = {}
    for one in program.supervisors.get(module, ()):
        if one.listing != "added":
            found.setdefault((one.listing, one.function), []).append(one)
    return found
