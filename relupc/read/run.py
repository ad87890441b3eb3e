"""What is known while a script is read: the values of its variables, what was said of it, how much work is left."""

from __future__ import annotations

from collections.abc import Iterable

from relupc.model.codes import T004
from relupc.model.diagnostic import Diagnostic
from relupc.model.source import Source, Span
from relupc.model.term import List, Map, Str, Term, Tuple, Unknown
from relupc.model.value import NamedTuple, dataclass, field
from relupc.read.file import MAX_DEPTH
from relupc.read.halt import FAILS, MAX_PARTS, TOO_BIG, Halt

MAX_NOTES = 100  # of one script: nobody reads more
MAX_WORK = 200_000  # parts of values that are looked at
_HELP = "lint the built .appup too: there it has its value"
_TOO_MUCH = "more work than relupc does for one file; from here on little is worked out"
WRONG = "correct it: Erlang gets no further than this"


class Measure(NamedTuple):
    """How many parts a term has, how deep it goes, and whether none of them is Unknown."""

    parts: int
    depth: int
    known: bool


@dataclass(slots=True)
class Run:
    """One script.

    `given` are the variables that build tools bind; a script that binds one itself means its own. `moved` says whether
    a value has got into another place than the one where it was written. `measured` holds the terms by their ids.
    """

    source: Source
    values: dict[str, Term]
    given: set[str]
    notes: list[Diagnostic] = field(default_factory=list)
    moved: bool = False
    left: int = MAX_WORK
    tokens: int = 0
    exhausted: bool = False
    measured: dict[int, tuple[Term, Measure]] = field(default_factory=dict)

    def note(self, span: Span, label: str, advice: str | None = None) -> None:
        """Say that there is no value here, and why, if there is something to say."""
        if label and len(self.notes) < MAX_NOTES:
            self.notes.append(T004.at(span, label, help=advice or (WRONG if label.endswith(FAILS) else _HELP)))

    def bind_unknown(self, names: Iterable[str]) -> None:
        """Let these variables have a value that relupc does not know, but for those that have one."""
        for name in names:
            self.values.setdefault(name, Unknown(name))

    def spend(self, *terms: Term) -> None:
        """Count the parts of terms that are about to be looked at."""
        self.left -= sum(self.measure(term).parts for term in terms)
        self._go_on()

    def _go_on(self) -> None:
        """Halt where the work is used up, and say so once."""
        if self.left < 0:
            label, self.exhausted = "" if self.exhausted else _TOO_MUCH, True
            raise Halt(label)

    def bounded(self, term: Term) -> Term:
        """The same term, if it is not too big."""
        found = self.measure(term)
        if found.parts > MAX_PARTS + len(self.source.text) or found.depth > MAX_DEPTH:
            raise Halt(TOO_BIG)
        self._go_on()
        return term

    def known(self, *terms: Term) -> bool:
        """Whether no part of these terms is Unknown."""
        return all(self.measure(term).known for term in terms)

    def measure(self, term: Term) -> Measure:
        """Each term is measured once: a script may hold one in many places, and in itself many times over."""
        match term:
            case Tuple(items):
                inside = items
            case List(items, tail):
                inside = items if tail is None else (*items, tail)
            case Map(pairs):
                inside = tuple(part for pair in pairs for part in pair)
            case Str(value):
                return Measure(1 + len(value), 1, True)
            case _:
                return Measure(1, 1, not isinstance(term, Unknown))
        if id(term) not in self.measured:
            parts, depth, known = 1, 0, True
            for item in inside:
                more = self.measure(item)
                parts, depth, known = parts + more.parts, max(depth, more.depth), known and more.known
            self.left -= len(inside)
            self.measured[id(term)] = term, Measure(parts, depth + 1, known)
        return self.measured[id(term)][1]
