"""Two entries that follow each other, and what is said where they cannot be composed."""

from __future__ import annotations

from relupc.model.codes import A802, A803, A804, A805, A806
from relupc.model.diagnostic import Diagnostic, Direction, Label, Severity, Subject
from relupc.model.lint import EntryPlan, spelled_version
from relupc.model.spelling import module_name
from relupc.model.term import Atom, Term, Tuple
from relupc.model.value import dataclass

_NO_HELP = "write what the whole upgrade needs by hand"
_WHY = {
    "apply": (
        "what this call does, and when it may be made, cannot be told",
        "take it out, compose, and write it into the result",
    ),
    "sync_nodes": ("other nodes wait here for the same step", "take it out, compose, and write it into the result"),
    "restart_application": ("another application is restarted here", _NO_HELP),
    "add_application": ("an application is started here", _NO_HELP),
    "remove_application": ("an application is stopped here", _NO_HELP),
    "stop": ("processes are stopped here, and others may depend on that", _NO_HELP),
    "start": ("processes are started here, and others may depend on that", _NO_HELP),
}
_LOW_LEVEL = ("a low-level instruction, whose place counts", "compile both steps, and compose the relups")
_APPLICATION = ("an application is started or stopped here", "compose the appups, and compile the relup from A to C")


@dataclass(frozen=True, slots=True)
class Hop:
    """Two steps in the order in which a node takes them: going down the first one is that from C to B."""

    direction: Direction
    first: EntryPlan
    second: EntryPlan

    @property
    def versions(self) -> tuple[str, str, str]:
        """A, B and C in words, in the order of the way."""
        up = self.direction == "up"
        start, middle = (
            (self.first.entry.key, self.first.appup.vsn) if up else (self.first.appup.vsn, self.second.appup.vsn)
        )
        end = self.second.appup.vsn if up else self.second.entry.key
        one, two, three = (spelled_version(term) or "?" for term in (start, middle, end))
        return one, two, three

    @property
    def app(self) -> str | None:
        return self.second.appup.app or None

    def subject(self, module: str | None = None) -> Subject:
        """Whom a diagnostic of these steps is about."""
        return Subject(self.app, module, None, self.direction, self.versions[0], self.versions[2])


def refused(instruction: Term, name: str, hop: Hop) -> Diagnostic:
    """That an instruction cannot be composed."""
    label, advice = _WHY.get(name, _LOW_LEVEL)
    return A802.at(instruction.span, label, help=advice, subject=hop.subject())


def refused_in_relup(instruction: Term, name: str, hop: Hop) -> Diagnostic:
    """The same in a relup, where instructions for applications have become calls."""
    match instruction:
        case Tuple((Atom("apply"), Tuple((Atom("application"), *_)))):
            return refused_because(instruction, *_APPLICATION, hop)
    return refused(instruction, name, hop)


def refused_because(instruction: Term, label: str, advice: str, hop: Hop) -> Diagnostic:
    """That an instruction cannot be composed where it stands."""
    return A802.at(instruction.span, label, help=advice, subject=hop.subject())


def unknown(instruction: Term, hop: Hop) -> Diagnostic:
    """That an instruction is not known before a build runs it."""
    label = "only the build knows what this is"
    return A802.at(instruction.span, label, help="name the appups that the builds made", subject=hop.subject())


def converted_twice(module: Atom, other: Atom, hop: Hop) -> Diagnostic:
    """That a state is converted with two different Extras."""
    return A803.at(
        module.span,
        f"`{module_name(module.name)}` gets another Extra here than in the other step",
        labels=_other(other),
        help="let one code_change do both, with one Extra, and write this entry by hand",
        notes=("a node calls code_change once for each process and step",),
        subject=hop.subject(module.name),
    )


def contradiction(module: Atom, other: Atom, label: str, hop: Hop) -> Diagnostic:
    """That two steps do with a module what no single step does."""
    return A804.at(
        module.span,
        f"`{module_name(module.name)}`: {label}",
        labels=_other(other),
        help=_NO_HELP,
        subject=hop.subject(module.name),
    )


def no_order(place: Atom, hop: Hop) -> Diagnostic:
    """That the DepMods of one step say the opposite of those of the other."""
    return A804.at(
        place.span,
        "the DepMods of both steps together lead round in a circle",
        help=_NO_HELP,
        subject=hop.subject(place.name),
    )


def other_order(hop: Hop) -> Diagnostic:
    """That modules without DepMods stand in another order in the other step."""
    script = hop.second.entry.script
    return A806.at(
        script.span,
        "some modules stand in another order in the other step; the order here is kept",
        help="name in DepMods what must be loaded first",
        subject=hop.subject(),
    )


def spanning(module: Atom, *, twice: bool, hop: Hop) -> Diagnostic:
    """That a code_change gets a state that is older than it may expect."""
    start, middle, end = hop.versions
    own = end if hop.direction == "up" else start
    level: Severity = "warning" if twice else "note"
    said = "is called once for both steps" if twice else "is called for both steps"
    return A805.at(
        module.span,
        f"code_change of `{module_name(module.name)}` {own} {said}: from {start} to {end}",
        help=f"see that it does not need to stop at {middle}",
        subject=hop.subject(module.name),
        severity=level,
    )


def _other(module: Atom) -> tuple[Label, ...]:
    return (Label(module.span, "the other step"),) if module.span else ()
