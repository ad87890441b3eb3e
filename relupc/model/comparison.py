"""What changed between two builds, as it is shown: application by application, and a row for each module."""

from __future__ import annotations

from relupc.model.build import Release
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import Change, Diff
from relupc.model.value import NamedTuple, dataclass


class Row(NamedTuple):
    """A module. `says` is what the appup does with it; `codes` are those of the findings about it, see `lint`."""

    change: Change
    says: str | None = None
    codes: tuple[str, ...] = ()


class AppRows(NamedTuple):
    """An application in which something changed, and the modules worth a row."""

    diff: Diff
    rows: tuple[Row, ...]


class Comparison(NamedTuple):
    """Two builds. `title` are their names and versions; `appups` is whether the rows know what the appups say."""

    title: str
    apps: tuple[AppRows, ...]
    appups: bool = True


@dataclass(frozen=True, slots=True)
class Differences:
    """How a comparison ended. `old` and `new` are the builds, as far as they could be read, `otp` is whose rules count.

    `diffs` are all applications of both; `diagnostics` say what could not be read of them.
    """

    old: Release | None
    new: Release | None
    diffs: tuple[Diff, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...] = ()
    otp: int | None = None
