"""A release, alone or beside older ones -> the values that rules look at."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from relupc.api.appups import DIRECTIONS, add_appup, add_planned
from relupc.api.builds import Builds, Search, check_options, libraries, read_builds
from relupc.api.found import Found
from relupc.model.build import App
from relupc.model.codes import A002
from relupc.model.diagnostic import Direction, Problems
from relupc.model.lint import OwnApp, ReleaseFolder, RelupFile, Upgrade
from relupc.model.otp import OTP_APPLICATIONS
from relupc.model.outcome import Options
from relupc.model.plan import Draft, Plan, named_in
from relupc.model.source import Span
from relupc.model.term import List
from relupc.model.value import replace
from relupc.plan import run, scripts
from relupc.plan.entry import Used
from relupc.read.release_folder import read_release_folder
from relupc.read.targets import Target, has_code


def release_values(new: Target, old: Sequence[str], options: Options, otp_apps: bool, found: Found) -> None:
    """Read a release and those that it is compared with, and add what they hold to `found`."""
    search = check_options(options, found.problems)
    builds = read_builds(new.path, old, search, found.problems, alone=True)
    found.files += builds.files
    if builds.top is None:
        return
    folder = read_release_folder(builds.top, builds.otp, found.problems, options.files)
    bases = [read_release_folder(base, builds.otp, Problems(), options.files) for base in builds.bases if base]
    compared = [_compared(way, base, builds, folder, otp_apps, found) for base in bases for way in DIRECTIONS]
    found.values += [folder, *compared]
    if isinstance(folder.relup, RelupFile):
        from relupc.api.relups import add_relup  # noqa: PLC0415 - most releases have none yet

        found.files.append(folder.relup.path)
        add_relup(folder.relup, found)
    add_appups(builds, compared, otp_apps, found)
    _add_code(builds, compared, otp_apps, search, found)
    if bases:
        versions = ", ".join(base.release.vsn for base in bases)
        paths = ", ".join(base.release.path for base in bases)
        found.headlines.append(
            f"{builds.top.name} {versions} -> {builds.top.vsn}   ({paths} -> {builds.top.path}, OTP {builds.otp})"
        )


def _add_code(builds: Builds, compared: Sequence[Upgrade], otp_apps: bool, search: Search, found: Found) -> None:
    """Add the compiled modules of the releases, if there are any."""
    left_out = frozenset() if otp_apps else OTP_APPLICATIONS
    apps = [app for app in builds.top.apps if app.name not in left_out] if builds.top else []
    if builds.top and any(has_code(os.path.dirname(app.directory), search.files) for app in apps):
        from relupc.api.programs import Beams, add_code, add_upgrades  # noqa: PLC0415 - not without compiled code

        beams = Beams(found, search.files, libraries(search))
        if compared:
            add_upgrades(compared, builds.otp, beams)
        else:
            add_code(builds.top, builds.otp, left_out, beams)


def _compared(
    way: Direction, base: ReleaseFolder, builds: Builds, folder: ReleaseFolder, otp_apps: bool, found: Found
) -> Upgrade:
    draft = Draft(way, folder.release, base.release, builds.appups, otp=builds.otp)
    problems = Problems()
    plan = run(draft, List(()), problems)
    # Here a version that differs is an error, which a rule says.
    found.problems.found += [d for d in problems.found if d.code is not A002]
    return replace(upgrade(draft, plan, folder, otp_apps), base_folder=base)


def upgrade(draft: Draft, plan: Plan | None, folder: ReleaseFolder, otp_apps: bool) -> Upgrade:
    """One way between two releases, as far as it could be planned, for the rules."""
    known = plan.scripts if plan else scripts(draft, Problems())
    left_out = frozenset() if otp_apps else OTP_APPLICATIONS
    return Upgrade(draft.direction, draft.top, draft.base, draft.appups, known, named_in(known), plan, folder, left_out)


def add_appups(
    builds: Builds, compared: Sequence[Upgrade], otp_apps: bool, found: Found, *, all_of_it: bool = True
) -> None:
    """Add the appups of the new release; without `all_of_it` only the entries that upgrades were planned with."""
    used = dict(_used(compared))
    everywhere = frozenset(module.name for app in builds.top.apps for module in app.modules) if builds.top else None
    for app in builds.top.apps if builds.top else ():
        appup = builds.appups.get((app.name, app.vsn))
        if appup and (otp_apps or app.name not in OTP_APPLICATIONS):
            own = own_of(app, everywhere)
            if all_of_it:
                add_appup(appup, own, builds.otp, found, used.keys())
            else:
                add_planned(appup, own, builds.otp, found, used)


def _used(compared: Sequence[Upgrade]) -> Iterator[tuple[Span, Used]]:
    """The entries with which upgrades were planned, by their keys."""
    plans = [one.plan for one in compared if one.plan]
    in_cycle = frozenset(name for plan in plans for cycle in plan.cycles for name in cycle)
    for plan in plans:
        for script in plan.scripts:
            if not isinstance(script.because, str):
                yield script.because, Used(plan.direction, script, in_cycle)


def own_of(app: App, everywhere: frozenset[str] | None) -> OwnApp:
    """An application as its appup sees it; `everywhere` are the modules of the whole release, if that is known."""
    path = app.span.source.path if app.span else app.directory
    return OwnApp(app.name, app.vsn, app.modules, path, app.span, everywhere)
