"""Two builds beside each other, for rules that compare compiled modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from relupc.model.beam import Beam
from relupc.model.lint import Upgrade

ChangeKind: TypeAlias = Literal["changed", "added", "removed", "same"]


class Change(NamedTuple):
    """A module in two builds: `old` is None where only the new one has it, and the other way round."""

    module: str
    kind: ChangeKind
    old: Beam | None
    new: Beam | None


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed in an application that is in both builds, module by module."""

    app: str
    changes: tuple[Change, ...]

    def of_kind(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind in kinds)


@dataclass(frozen=True, slots=True)
class UpgradeCode:
    """One way between two builds; `diffs` are by application, from the older build to the newer one."""

    upgrade: Upgrade
    diffs: Mapping[str, Diff]
