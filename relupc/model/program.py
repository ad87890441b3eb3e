"""The code of one build: its modules, and what relupc.analyse found out about them together.

Rules about code look at a `ModuleCode` or a `TreeCode`, at an `EntryCode` (one entry of an appup beside the build that
it comes with), or at an `UpgradeCode` (one way between two builds).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal, TypeAlias

from relupc.model.beam import FA, MFA, Place, modules_in
from relupc.model.code import Function, Module
from relupc.model.diagnostic import Code, Diagnostic, Direction, Fix, Label, Severity, Subject
from relupc.model.fun import KeptFun
from relupc.model.lint import EntryPlan, OwnApp, Upgrade
from relupc.model.loop import Staying
from relupc.model.product import Products
from relupc.model.source import Source, Span
from relupc.model.state import State, Stored
from relupc.model.supervision import Process, Supervisor
from relupc.model.value import NamedTuple, dataclass, field
from relupc.model.window import Window


@dataclass(frozen=True, slots=True)
class Program:
    """All modules of a build by name. `entries` are the functions in which processes begin, and who starts them so;
    `staying` is where they stay in old code, by module.

    `apps` are its applications: name -> version. `otp` is the OTP that will run it. `supervisors` and `starts`, the
    calls that start processes, are by module; `roots` are the processes that `start/2` of an application returns,
    `outside` are servers that callbacks start by themselves.
    `products` are the files that it was read from. `states` are the processes of callback modules, by module; `stored`
    is what modules keep in tables, `funs` are those that they give away for longer than a call takes. `importers` are,
    by the name of any module, those that call it.
    """

    modules: Mapping[str, Module]
    apps: Mapping[str, str]
    otp: int
    entries: Mapping[MFA, MFA] = field(default_factory=dict)
    staying: Mapping[str, Staying] = field(default_factory=dict)
    supervisors: Mapping[str, tuple[Supervisor, ...]] = field(default_factory=dict)
    starts: Mapping[str, tuple[Process, ...]] = field(default_factory=dict)
    roots: Mapping[str, tuple[Process, ...]] = field(default_factory=dict)
    outside: Mapping[str, tuple[Process, ...]] = field(default_factory=dict)
    products: Products | None = field(default=None, repr=False)
    states: Mapping[str, State] = field(default_factory=dict)
    stored: Mapping[str, tuple[Stored, ...]] = field(default_factory=dict)
    funs: Mapping[str, tuple[KeptFun, ...]] = field(default_factory=dict)
    importers: Mapping[str, Collection[str]] | None = field(default=None, compare=False, repr=False)

    def importing(self, wanted: Collection[str]) -> Iterator[Module]:
        """The modules that call, or make into a fun, a function of one of these modules; in the order of the build."""
        if self.importers is None:
            near = {name for name, module in self.modules.items() if not modules_in(module.imports).isdisjoint(wanted)}
        else:
            near = set[str]().union(*(self.importers.get(name, ()) for name in wanted))
        return (module for name, module in self.modules.items() if name in near)

    def reaching(self, atom: str) -> set[str]:
        """The modules that can come by an atom: they have it, or call, over whatever way, one that does."""
        found = {name for name, module in self.modules.items() if module.may_use(atom)}
        more = found
        while more:
            more = {module.name for module in self.importing(more)} - found
            found |= more
        return found

    def of_app(self, app: str) -> dict[str, Module]:
        """The modules of an application."""
        return {name: module for name, module in self.modules.items() if module.app == app}

    @property
    def is_whole(self) -> bool:
        """Whether this is a release with all its code: not one application of it, and none of them empty."""
        if self.products is None or not self.products.is_release:
            return False
        return {module.app for module in self.modules.values()} >= self.apps.keys()

    def function(self, called: MFA) -> Function | None:
        """A function of any module, if its code was looked at."""
        module = self.modules.get(called.module)
        return module.functions.get(called.local) if module else None

    def exports(self, called: MFA) -> bool:
        """Whether a function of any module can be called from outside."""
        module = self.modules.get(called.module)
        return module is not None and called.local in module.exports


ChangeKind: TypeAlias = Literal["changed", "added", "removed", "same"]


class Change(NamedTuple):
    """A module in two builds. `why` says what differs, in words, be it only what is no code.

    `only_lines`: the code differs in nothing but line numbers that it keeps, as calls that log do.
    """

    module: str
    kind: ChangeKind
    why: tuple[str, ...]
    old: Module | None
    new: Module | None
    only_lines: bool = False


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed in an application. A version is None where the build does not have it."""

    app: str
    old: str | None
    new: str | None
    changes: tuple[Change, ...]

    @property
    def is_changed(self) -> bool:
        """Whether it has another version, or any code that is not the same in both."""
        return self.old != self.new or any(change.kind != "same" for change in self.changes)

    def of_kind(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind in kinds)


@dataclass(frozen=True, slots=True)
class ModuleCode:
    """A module in its build; beside another build only those that the upgrade loads are looked at.

    `soft`: the upgrade lets the processes in its old code live. `only` are the rules that can look at it; None: all.
    """

    module: Module
    program: Program
    soft: bool = False
    only: frozenset[str] | None = None

    def finding(
        self,
        code: Code,
        function: FA | None,
        place: Place | None,
        label: str,
        *,
        help: str | None = None,  # noqa: A002 - the word that users read
        notes: tuple[str, ...] = (),
        severity: Severity | None = None,
    ) -> Diagnostic:
        """A diagnostic about a function of this module, at its line if the source text is there."""
        subject = Subject(self.module.app or None, self.module.name, spelled_function(function))
        return code_finding(self.module, code, place, label, help=help, notes=notes, severity=severity, subject=subject)


@dataclass(frozen=True, slots=True)
class TreeCode:
    """A module that lists children, or starts an application, be it loaded by an upgrade or not.

    `loaded` are the modules that the upgrade loads; None where only one build is at hand. `updated` are those whose
    processes it has convert their state: a supervisor runs its `init/1` again.
    """

    code: ModuleCode
    loaded: frozenset[str] | None
    updated: frozenset[str] = frozenset()


class Bounded(NamedTuple):
    """Code of which only the text is known: what is compiled of it at `most`, and what at `least`.

    What a rule says of both is true of all that is between them.
    """

    most: ModuleCode | TreeCode
    least: ModuleCode | TreeCode


@dataclass(frozen=True, slots=True)
class EntryCode:
    """An entry of an appup in one direction, and the builds: `new` is the one that the appup came with.

    `old` is the other one; None where only one build is at hand.
    """

    entry: EntryPlan
    app: OwnApp
    new: Program
    old: Program | None

    @property
    def pre(self) -> Program | None:
        """The build that runs before."""
        return self.old if self.entry.direction == "up" else self.new

    @property
    def post(self) -> Program | None:
        """The build that runs afterwards."""
        return self.new if self.entry.direction == "up" else self.old


@dataclass(frozen=True, slots=True)
class UpgradeCode:
    """One way between two builds. `diffs` are by application, `entries` the ones that the upgrade uses, too.

    `windows` are the stretches in which calls can meet a function that is not there.
    """

    upgrade: Upgrade
    old: Program
    new: Program
    diffs: Mapping[str, Diff]
    entries: Mapping[str, EntryCode]
    windows: tuple[Window, ...] = ()

    @property
    def direction(self) -> Direction:
        return self.upgrade.direction

    @property
    def pre(self) -> Program:
        return self.old if self.direction == "up" else self.new

    @property
    def post(self) -> Program:
        return self.new if self.direction == "up" else self.old

    def changes(self) -> Iterator[tuple[EntryCode | None, Diff, Change]]:
        """Every change of a module of an application that is in both builds, and the entry for that application.

        Kinds are those of this direction: on the way down what the new build added is removed.
        """
        for app, diff in self.diffs.items():
            if diff.old is not None and diff.new is not None:
                for change in diff.changes:
                    yield self.entries.get(app), diff, change if self.direction == "up" else turned(change)


def turned(change: Change) -> Change:
    """A change as the way back sees it: `old` is what runs before."""
    kinds: dict[ChangeKind, ChangeKind] = {"added": "removed", "removed": "added"}
    kind = kinds.get(change.kind, change.kind)
    return change._replace(kind=kind, old=change.new, new=change.old)


def code_finding(
    module: Module,
    code: Code,
    place: Place | None,
    label: str,
    *,
    help: str | None = None,  # noqa: A002 - the word that users read
    notes: tuple[str, ...] = (),
    severity: Severity | None = None,
    subject: Subject | None = None,
    labels: tuple[Label, ...] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """A diagnostic about a module, at a line of its source text, or naming that line where the text is not there."""
    span = line_span(module.source(), place)
    said = label if span or not place else f"{label} ({place.file}:{place.line})"
    return code.at(
        span, said, path=module.path, help=help, notes=notes, severity=severity, subject=subject, labels=labels, fix=fix
    )


def line_span(source: Source | None, place: Place | None) -> Span | None:
    """The text of a line without the white space around it."""
    if source is None or place is None:
        return None
    text = source.line(place.line)
    if not text.strip():
        return None
    start = source.offset(place.line) + len(text) - len(text.lstrip())
    return Span(source, start, start + len(text.strip()))


def spelled_function(function: FA | None) -> str | None:
    """A function as its source has it: a fun made inside one counts as that one."""
    if function is None:
        return None
    name, arity = outer(function)
    return f"{name}/{arity}"


def outer(function: FA) -> FA:
    """The function around a fun or a comprehension, whose own names the compiler makes up, such as `-init/1-fun-0-`."""
    if not function.name.startswith("-"):
        return function
    name, slash, rest = function.name[1:].partition("/")
    number = rest.partition("-")[0]
    return FA(name, int(number)) if slash and number.isdigit() and len(number) < 4 else function
