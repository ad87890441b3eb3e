"""Applications with their compiled modules -> what rules about builds look at."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from relupc.api.found import Found
from relupc.beam import read_beam, read_beam_file
from relupc.compare import diff_app
from relupc.model.beam import Beam
from relupc.model.build import App
from relupc.model.diagnostic import Diagnostic
from relupc.model.files import Files
from relupc.model.lint import Upgrade
from relupc.model.program import Diff, UpgradeCode
from relupc.read.find import files_named
from relupc.read.tree import ON_DISK


@dataclass(slots=True)
class Beams:
    """The compiled modules of some folders, each read once."""

    found: Found
    files: Files = ON_DISK
    folders: dict[str, tuple[Beam, ...]] = field(default_factory=dict)

    def of(self, app: App) -> tuple[Beam, ...]:
        """The compiled modules of an application; what cannot be read is reported."""
        if app.directory not in self.folders:
            self.folders[app.directory] = tuple(self._read(app.directory))
        return self.folders[app.directory]

    def _read(self, ebin: str) -> Iterator[Beam]:
        for name in files_named(ebin, ".beam", self.files):
            path = os.path.join(ebin, name)
            held = self.files.texts.get(os.path.realpath(path)) if self.files.texts else None
            beam = read_beam_file(path) if held is None else read_beam(path, held)
            if isinstance(beam, Diagnostic):
                self.found.problems.add(beam)
            else:
                self.found.files.append(path)
                yield beam


def add_upgrades(compared: Sequence[Upgrade], beams: Beams) -> None:
    """Add what rules look at where the applications of two builds are compared, for each way between them."""
    for upgrade in compared:
        pairs = [(upgrade.base.app(app.name), app) for app in upgrade.top.apps if app.name not in upgrade.left_out]
        diffs = [diff for old, new in pairs if old and (diff := _diff(old, new, beams))]
        if diffs:
            beams.found.values.append(UpgradeCode(upgrade, {diff.app: diff for diff in diffs}))


def _diff(old: App, new: App, beams: Beams) -> Diff | None:
    """What changed in an application; None where one of the builds has nothing compiled of it."""
    before, after = beams.of(old), beams.of(new)
    return diff_app(new.name, before, after) if before and after else None
