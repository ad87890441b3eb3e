"""What rules look at: an appup, one entry of it, an application, a release, two releases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from relupc.model.appup import Appup, Entry
from relupc.model.build import Release
from relupc.model.diagnostic import Diagnostic, Direction, Subject
from relupc.model.layout import flat
from relupc.model.lazy import Later
from relupc.model.plan import Plan, Script, Step, by_name
from relupc.model.source import Source, Span
from relupc.model.term import Atom, Term, as_string
from relupc.model.value import dataclass, field


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """One entry of an appup or a relup in one direction, by itself.

    `steps` are its instructions in their full forms, in the order of the file; `plan` is what they become, in the
    order in which a node runs them, without `load_object_code`. It is None where a mistake or an unknown part (see
    term.Unknown) keeps relupc from working it out. In a relup both are the script as it stands. `cycles` are modules
    whose DepMods lead back to them. `named` are the steps by the names of their instructions.
    """

    appup: Appup
    entry: Entry
    direction: Direction
    steps: tuple[Step, ...]
    work_out: Callable[[], tuple[Step, ...] | None] = field(compare=False, repr=False)
    cycles: tuple[tuple[str, ...], ...]
    named: Mapping[str, Sequence[Step]] = field(compare=False, repr=False)

    @property
    def plan(self) -> tuple[Step, ...] | None:
        return self.work_out()

    def subject(self, module: str | None = None) -> Subject:
        """Whom a diagnostic of this entry is about."""
        other, own = (spelled_version(term) for term in (self.entry.key, self.appup.vsn))
        old, new = (other, own) if self.direction == "up" else (own, other)
        return Subject(self.appup.app or None, module, None, self.direction, old, new)


def entry_plan(
    appup: Appup,
    entry: Entry,
    direction: Direction,
    steps: tuple[Step, ...],
    plan: tuple[Step, ...] | None,
    cycles: tuple[tuple[str, ...], ...] = (),
) -> EntryPlan:
    """An entry of which all is worked out."""
    return EntryPlan(appup, entry, direction, steps, lambda: plan, cycles, Later(lambda: by_name(steps)))


@dataclass(frozen=True, slots=True)
class Mirror:
    """The two entries of an appup for one version: the way up from it and the way back."""

    up: EntryPlan
    down: EntryPlan

    @property
    def plain(self) -> bool:
        """Whether both are written alike, with nothing but what loads modules that are in both versions."""
        here, there = self.up.entry.script.span, self.down.entry.script.span
        alike = here is not None and there is not None and here.text == there.text
        return alike and not {*self.up.named, *self.down.named} - {"load_module", "update"}


@dataclass(frozen=True, slots=True)
class OwnApp:
    """What the .app or .app.src file of an appup says. None stands for what it leaves to the build.

    `elsewhere` are the modules of the other applications of its release, None where that is not known.
    """

    name: str
    vsn: str | None
    modules: tuple[Atom, ...] | None
    path: str
    vsn_span: Span | None = field(default=None, compare=False, repr=False)
    elsewhere: frozenset[str] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Packaged:
    """An appup, its entries, and the application that it belongs to."""

    appup: Appup
    app: OwnApp
    entries: tuple[EntryPlan, ...]


@dataclass(frozen=True, slots=True)
class ReleaseFolder:
    """A release, and what its folder `releases/VSN` holds, as far as it is there.

    `sys_config` is its term, or why it cannot be read; so is `relup`.
    """

    release: Release
    sys_config: Term | Diagnostic | None = None
    vm_args: Source | None = None
    runtime_exs: str | None = None
    relup: RelupFile | Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class RelupFile:
    """A relup file as read: its version, and its entries as those of an appup."""

    path: str
    vsn: Term
    entries: tuple[EntryPlan, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """One way between two releases. `plan` is None where something keeps it from being worked out.

    `scripts` are the instructions of each application in their full forms, and `named` these by their names.
    `appups` are by application and version, `folder` belongs to the newer release `top`, `base_folder` to the other
    one, where it was looked at. Rules about appups leave the applications in `left_out` alone.
    """

    direction: Direction
    top: Release
    base: Release
    appups: dict[tuple[str, str], Appup]
    scripts: tuple[Script, ...]
    named: Mapping[str, Sequence[Step]] = field(compare=False, repr=False)
    plan: Plan | None
    folder: ReleaseFolder
    left_out: frozenset[str] = frozenset()
    base_folder: ReleaseFolder | None = None

    @property
    def pre(self) -> Release:
        return self.base if self.direction == "up" else self.top

    @property
    def post(self) -> Release:
        return self.top if self.direction == "up" else self.base

    def subject(self, app: str | None = None, module: str | None = None) -> Subject:
        """Whom a diagnostic of this upgrade is about."""
        return Subject(app, module, None, self.direction, self.pre.vsn, self.post.vsn)

    def both_ways(self, app: str | None = None) -> Subject:
        """Whom a diagnostic is about that does not depend on the direction."""
        return Subject(app, None, None, None, self.base.vsn, self.top.vsn)

    def script(self, app: str) -> Script | None:
        """The instructions that an application brings in."""
        return next((script for script in self.scripts if script.app == app), None)


def spelled_version(term: Term) -> str | None:
    """A version key as people write it in a sentence; None for what is no version, such as a variable."""
    text = as_string(term)
    return text if text is not None else flat(term)
