"""The compiled modules of planned upgrades -> what shows without most of their code: sums, exports, imports.

`compile` looks at no more: to look at all code takes as long as `lint` does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from relupc.analyse import program_of
from relupc.api.differences import diffs_of
from relupc.api.found import Found
from relupc.api.programs import Beams, entries_of, windows_between
from relupc.model.beam import MFA, Beam
from relupc.model.build import Release
from relupc.model.changes import LOADS, about, ends_in_restart, restarted
from relupc.model.files import Files
from relupc.model.lint import Upgrade
from relupc.model.program import Program, UpgradeCode
from relupc.model.value import replace
from relupc.read.targets import has_code

# Rules that need no more of the code than that of the modules in `_looked_at`.
CODES = frozenset({"A201", "A301", "A304", "A305", "A401", "A405", "D101", "R001", "R007"})
_Builds = tuple[Release, Release]
_Files = tuple[dict[str, Beam], dict[str, Beam]]


def interface_values(compared: Sequence[Upgrade], otp: int, found: Found, files: Files) -> list[object]:
    """What the rules of CODES look at; `found` holds the appups. A module that cannot be read counts as none."""
    beams, values = Beams(Found(progress=found.progress), files), list[object]()
    for upgrade in compared:
        builds = _own(upgrade.base, upgrade, files), _own(upgrade.top, upgrade, files)
        if all(release.apps for release in builds):
            values += _values(upgrade, builds, otp, found, beams)
    return values


def _own(release: Release, upgrade: Upgrade, files: Files) -> Release:
    """A release without the applications that rules leave alone, and those that have no compiled modules."""
    apps = (app for app in release.apps if app.name not in upgrade.left_out)
    return replace(release, apps=tuple(app for app in apps if has_code(os.path.dirname(app.directory), files)))


def _values(upgrade: Upgrade, builds: _Builds, otp: int, found: Found, beams: Beams) -> list[object]:
    needed = frozenset(_looked_at(upgrade, builds, beams))
    old, new = (_program(release, needed, otp, beams) for release in builds)
    entries = entries_of(upgrade, old, new, found)
    diffs = diffs_of(*builds, (old.of_app, new.of_app), upgrade.left_out, beams.of)
    windows = windows_between(upgrade, entries.values(), old, new)
    return [UpgradeCode(upgrade, old, new, diffs, entries, windows), *entries.values()]


def _program(release: Release, needed: frozenset[str], otp: int, beams: Beams) -> Program:
    modules = (
        beams.module(beam, app.name, decoded=beam.module in needed) for app in release.apps for beam in beams.of(app)
    )
    return program_of(modules, {app.name: app.vsn for app in release.apps}, otp)


def _looked_at(upgrade: Upgrade, builds: _Builds, beams: Beams) -> Iterator[str]:
    """The modules whose code matters: those that call what only one build has, and changed ones that nothing loads."""
    both = {app.name for app in builds[0].apps} & {app.name for app in builds[1].apps}
    handled, anew = set(about(upgrade, LOADS)), restarted(upgrade)
    files: _Files = {}, {}
    for release, known in zip(builds, files, strict=True):
        apps = beams.found.progress.each(release.apps, "reading", "applications")
        known.update((beam.module, beam) for app in apps for beam in beams.of(app))
    for release in builds:
        for app in release.apps:
            for beam in beams.of(app) if app.name in both else ():
                old, new = (known.get(beam.module) for known in files)
                is_changed = old is not None and new is not None and old.md5 != new.md5
                is_forgotten = is_changed and beam.module not in handled and app.name not in anew
                if (is_forgotten and not ends_in_restart(upgrade)) or any(_is_in_one(c, files) for c in beam.imports):
                    yield beam.module


def _is_in_one(called: MFA, files: _Files) -> bool:
    """Whether only one of two builds exports a function."""
    old, new = (called.local in beam.exports if (beam := known.get(called.module)) else False for known in files)
    return old != new
