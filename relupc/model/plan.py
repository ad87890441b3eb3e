"""An upgrade as steps: what the passes hand on, a finished plan, and the relup made of plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from relupc.model.appup import Appup
from relupc.model.build import Release
from relupc.model.diagnostic import Direction, Subject
from relupc.model.instruction import name_of
from relupc.model.lazy import Later
from relupc.model.source import Span
from relupc.model.term import Term
from relupc.model.value import dataclass, field, maker


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction, and what caused it: places in appups, or words such as `new application`."""

    instruction: Term
    because: tuple[Span | str, ...]


new_step = maker(Step)  # for where millions are made


def by_name(steps: Iterable[Step]) -> dict[str, list[Step]]:
    """The steps by the names of their instructions, in order; not those that have none."""
    found: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        found[name_of(step.instruction) or ""].append(step)
    found.pop("", None)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Script:
    """The instructions that one application brings in, and why: an entry's key, or words."""

    app: str
    because: Span | str
    steps: tuple[Step, ...]


def named_in(scripts: Iterable[Script]) -> Mapping[str, Sequence[Step]]:
    """The steps of all scripts by the names of their instructions, found when somebody asks."""
    return Later(lambda: by_name(step for script in scripts for step in script.steps))


@dataclass(frozen=True, slots=True)
class Draft:
    """The value that the passes thread: the way from `pre` to `post`, as far as it is worked out.

    `top` is the newer release, whose appups, by name and version, serve both directions. `before` and `after` are the
    instructions on either side of the point of no return; `groups` the modules that depend on each other, `cycles`
    those of them that do so in a circle.
    """

    direction: Direction
    top: Release
    base: Release
    appups: dict[tuple[str, str], Appup]
    restart: bool = False
    otp: int = 25
    scripts: tuple[Script, ...] = ()
    before: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    cycles: tuple[tuple[str, ...], ...] = ()

    @property
    def pre(self) -> Release:
        return self.base if self.direction == "up" else self.top

    @property
    def post(self) -> Release:
        return self.top if self.direction == "up" else self.base

    def app_of(self, step: Step) -> str | None:
        """The application whose appup brought a step in."""
        paths = {cause.source.path for cause in step.because if not isinstance(cause, str)}
        return next((appup.app for appup in self.appups.values() if appup.path in paths), None)

    def subject(self, app: str | None = None, module: str | None = None) -> Subject:
        """Whom a diagnostic of this draft is about."""
        return Subject(app, module, None, self.direction, self.pre.vsn, self.post.vsn)


@dataclass(frozen=True, slots=True)
class Plan:
    """One way up from, or down to, a base release. `description` is the user's term for it.

    `cycles` are modules whose DepMods lead back to them, `named` the steps by the names of their instructions.
    """

    direction: Direction
    top: Release
    base: Release
    scripts: tuple[Script, ...]
    steps: tuple[Step, ...]
    named: Mapping[str, Sequence[Step]] = field(compare=False, repr=False)
    description: Term
    cycles: tuple[tuple[str, ...], ...] = ()


def plan_of(
    direction: Direction,
    top: Release,
    base: Release,
    scripts: tuple[Script, ...],
    steps: tuple[Step, ...],
    description: Term,
    cycles: tuple[tuple[str, ...], ...] = (),
) -> Plan:
    """A plan, its steps by name found when somebody asks."""
    return Plan(direction, top, base, scripts, steps, Later(lambda: by_name(steps)), description, cycles)


@dataclass(frozen=True, slots=True)
class Relup:
    """A relup; its plans stand in the order of the file, the reverse of the order asked for."""

    vsn: str
    up: tuple[Plan, ...]
    down: tuple[Plan, ...]
