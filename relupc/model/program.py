"""Two builds beside each other, for rules that compare compiled modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from relupc.model.lint import Upgrade

ChangeKind: TypeAlias = Literal["changed", "added", "removed", "same"]


class Change(NamedTuple):
    """A module in two builds."""

    module: str
    kind: ChangeKind


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
