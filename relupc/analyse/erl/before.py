"""What the clauses before another one ask -> whether a guard is open all the same.

What was asked is kept by place: a variable that was there before, or where in the arguments a value stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from relupc.analyse.erl.guards import Asked, is_choice, questions_of
from relupc.analyse.erl.syntax import Clause, Expr
from relupc.model.term import Atom, Int
from relupc.model.value import dataclass, field

Place: TypeAlias = tuple[object, ...]


@dataclass(slots=True)
class Before:
    """What the clauses before ask: with patterns by place, and those that have guards."""

    patterns: dict[Place, set[str]] = field(default_factory=dict)
    guarded: list[Clause] = field(default_factory=list)

    def leaves_open(self, clause: Clause, tests: Sequence[Asked], covers: Callable[[Clause], bool]) -> bool:
        """Whether what was asked tells nothing of what a clause asks; `covers` tells which take all that it does."""
        if not tests and not self.guarded:
            return True
        places, failed = dict(_named(clause)), _failed(filter(covers, self.guarded))
        for place, kind in _asked(clause):
            known = failed.get(place, set())
            if "order" in known or _tells(known, frozenset((kind,))):
                return False
        for test in tests:
            for name in test.names:
                place = places.get(name, (name,))
                if _tells(failed.get(place, set()) | self.patterns.get(place, set()), test.kinds):
                    return False
        return True

    def add(self, clause: Clause) -> None:
        """Note what a clause asks."""
        for place, kind in _asked(clause):
            self.patterns.setdefault(place, set()).add(kind)
        if clause.guard:
            self.guarded.append(clause)


def _failed(clauses: Iterable[Clause]) -> dict[Place, set[str]]:
    """The tests that do not hold where none of these was taken. Of several that all have to hold it may be any."""
    found: dict[Place, set[str]] = {}
    for clause in clauses:
        tests = questions_of(clause.guard) or ()
        if len(tests) > 1 and not is_choice(clause.guard):
            continue
        places = dict(_named(clause))
        for test in tests:
            for name in test.names:
                found.setdefault(places.get(name, (name,)), set()).update(test.kinds)
    return found


def _tells(known: set[str], kinds: frozenset[str]) -> bool:
    """Whether what was asked may tell the answer to a test."""
    if not known or not kinds:
        return False
    if any(kind.startswith("?") for kind in (*known, *kinds)):
        return True
    is_value = any(kind.startswith("=") for kind in kinds)
    if is_value:
        return not all(kind.startswith("=") for kind in known) or bool(known & kinds)
    if "order" in kinds:
        return "order" in known
    return not kinds - known or ("atom" in kinds and bool(known & {"=true", "=false"}))


def _named(clause: Clause) -> Iterator[tuple[str, Place]]:
    """The variables of the patterns, with where they stand."""
    for place, part in _parts(clause.patterns):
        if part.kind == "var":
            yield part.parts[0], place


def _asked(clause: Clause) -> Iterator[tuple[Place, str]]:
    """What the patterns ask, with where."""
    for place, part in _parts(clause.patterns):
        if part.kind == "value":
            value = part.parts[0]
            yield (
                place,
                f"={value.name}"
                if isinstance(value, Atom)
                else f"={value.value}"
                if isinstance(value, Int)
                else "cons",
            )
        elif part.kind == "list":
            yield place, "cons" if part.parts[0] else "nil"
        elif part.kind in ("tuple", "record"):
            yield place, "tuple"
        elif part.kind in ("map", "binary"):
            yield place, "map" if part.kind == "map" else "binary"
        elif part.kind != "var":
            yield from ((place, kind) for kind in ("order", "cons", "nil", "tuple", "map", "binary", "=?"))


def _parts(patterns: Sequence[Expr]) -> Iterator[tuple[Place, Expr]]:
    """The parts of patterns with where they stand; what is in a map, a record or a binary is at one place."""
    todo: list[tuple[Place, Expr]] = [((at,), pattern) for at, pattern in enumerate(patterns)]
    while todo:
        place, part = todo.pop()
        kind, _, parts = part
        if kind == "match":
            todo += [(place, one) for one in parts]
            continue
        yield place, part
        if kind == "tuple":
            todo += [((*place, len(parts[0]), at), one) for at, one in enumerate(parts[0])]
        elif kind == "list" and parts[0]:
            todo.append(((*place, "head"), parts[0][0]))
            rest = Expr("list", part.line, (parts[0][1:], parts[1]))
            todo.append(((*place, "tail"), (parts[1] if parts[1] else rest) if len(parts[0]) == 1 else rest))
        else:
            todo += [((*place, "?"), one) for one in _inside(parts)]


def _inside(parts: object) -> Iterator[Expr]:
    if isinstance(parts, Expr):
        yield parts
    elif isinstance(parts, tuple):
        for part in parts:
            yield from _inside(part)
