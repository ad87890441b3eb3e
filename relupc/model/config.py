"""The settings of a run, from relupc.toml, the environment and flags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from relupc.model.policy import Policy
from relupc.model.value import dataclass, field

if TYPE_CHECKING:
    from relupc.model.diagnostic import Severity
    from relupc.model.outcome import Level

BASELINE = ".relupc-baseline.json"  # beside relupc.toml, where nothing else is said


@dataclass(frozen=True, slots=True)
class Config:
    """What relupc.toml can say; the defaults are those without a file.

    `root` is the folder of the file, or the working folder: the patterns of `exclude` and `per_path_ignores` begin
    there. All other paths are as the working folder sees them. `path` names the file. `select`, `ignore` and
    `per_path_ignores` hold words for codes; `severity` and `options` are keyed by code. `comments` is false where
    ignore comments are not to count, `record` true where a baseline is to be made.
    """

    root: str = "."
    path: str | None = None
    target_otp: str | None = None
    new: str | None = None
    old: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    appups: str | None = None
    out: str | None = None
    down: bool = True
    select: tuple[str, ...] = ("default",)
    ignore: tuple[str, ...] = ()
    fail_on: Level = "warning"
    exclude: tuple[str, ...] = ("deps/**", "_build/**")
    baseline: str | None = None
    otp_apps: bool = False
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_path_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    plan_format: str = "table"
    policy: Policy = field(default_factory=Policy)
    comments: bool = True
    record: bool = False
