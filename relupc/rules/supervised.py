"""For rules: what the calls of an upgrade do to supervisors and their children."""

from __future__ import annotations

from collections.abc import Set

from relupc.model.call import Call, called, child_of
from relupc.model.call import Child as Handled
from relupc.model.changes import ends_in_restart, instructions, restarted
from relupc.model.program import UpgradeCode
from relupc.model.value import NamedTuple


class Anew(NamedTuple):
    """The supervisors that an upgrade starts anew: `all`, or those of some applications and of some modules."""

    all: bool
    apps: Set[str]
    modules: Set[str | None]

    def has(self, app: str, module: str) -> bool:
        return self.all or app in self.apps or module in self.modules


def calls_of(upgrade: UpgradeCode) -> list[Call]:
    """What the appups of all applications call on this way."""
    return [call for step in instructions(upgrade.upgrade) if (call := called(step.instruction))]


def handled(upgrade: UpgradeCode) -> list[Handled]:
    """The children that calls of this way start or stop."""
    return [child for call in calls_of(upgrade) if (child := child_of(call))]


def started_anew(upgrade: UpgradeCode) -> Anew:
    """What an upgrade does not only change in the running system."""
    ids = {child.id for child in handled(upgrade) if child.verb in ("start", "restart")}
    above = (kid for several in upgrade.pre.supervisors.values() for one in several for kid in one.children)
    modules = {kid.runs.module for kid in above if kid.runs and kid.id in ids}
    return Anew(ends_in_restart(upgrade.upgrade), restarted(upgrade.upgrade), modules)


def calls_own_code(upgrade: UpgradeCode, app: str) -> bool:
    """Whether a function of the application is called, which may do anything."""
    own = upgrade.pre.of_app(app).keys() | upgrade.post.of_app(app).keys()
    return any(call.module.name in own for call in calls_of(upgrade))
