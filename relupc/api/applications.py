"""The folder of an application, alone or beside older ones -> the values that rules look at."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from relupc.api.appups import DIRECTIONS, add_appup, appup_values, compare_built
from relupc.api.asked import asked_otp
from relupc.api.builds import Builds, appups_of, check_options
from relupc.api.found import Found
from relupc.api.releases import own_of
from relupc.model import disk
from relupc.model.build import Release
from relupc.model.codes import A002, T008
from relupc.model.diagnostic import Problems
from relupc.model.layout import spell_atom
from relupc.model.lint import ReleaseFolder, Upgrade
from relupc.model.otp import OLDEST_OTP
from relupc.model.outcome import Options
from relupc.model.plan import Draft, named_in
from relupc.plan import scripts
from relupc.read.application import read_application
from relupc.read.find import search_for
from relupc.read.release import Library
from relupc.read.targets import Target, app_file, appups_in, has_code


def application_values(new: Target, old: Sequence[str], options: Options, found: Found) -> None:
    """Read an application and those that it is compared with, and add what they hold to `found`."""
    if old:
        _between(new.path, old, options, found)
        return
    own = os.path.splitext(app_file(new.path) or "")[0] + ".appup"
    for path in [own] if disk.is_file(own) else appups_in(new.path):
        appup_values(path, options, found)
    source = os.path.join(new.path, "src", f"{os.path.basename(own)}.src")
    if disk.is_file(own) and disk.is_file(source):
        compare_built(source, options, found)
    _add_code(new.path, options, found)


def _add_code(folder: str, options: Options, found: Found) -> None:
    """Add the compiled modules of an application, if there are any."""
    if has_code(folder):
        from relupc.api.programs import Beams, add_code  # noqa: PLC0415 - an appup alone needs none of it

        otp = asked_otp(options, Problems()) or OLDEST_OTP
        library = Library(search_for([], [], True, None), otp, options.texts)
        release = read_application(folder, library, otp, found.problems)
        found.files += library.files
        if release:
            add_code(release, otp, (), Beams(found, options.files))


def _between(new: str, old: Sequence[str], options: Options, found: Found) -> None:
    search = check_options(options, found.problems)
    otp = search.otp or OLDEST_OTP
    library = Library(search_for([], [], True, None), otp, search.files.texts)
    top = read_application(new, library, otp, found.problems)
    bases = [read_application(folder, library, otp, found.problems) for folder in old]
    known = tuple(base for base in bases if base and top and _is_same(base, top, found.problems))
    found.files += library.files
    if top is None:
        return
    appups = appups_of(top, known, search, otp, found.problems)
    builds = Builds(top, known, appups, otp, ())
    compared = list(_compared(builds, ReleaseFolder(top), found.problems))
    found.files += [appup.path for appup in appups.values()]
    found.values += compared
    for appup in appups.values():
        add_appup(appup, own_of(top.apps[0], None), otp, found)
    if known and has_code(new):
        from relupc.api.programs import Beams, add_upgrades  # noqa: PLC0415 - not without compiled code

        add_upgrades(compared, otp, Beams(found, search.files))
    if known:
        versions = ", ".join(base.vsn for base in known)
        found.headlines.append(f"{top.name} {versions} -> {top.vsn}   ({', '.join(old)} -> {new}, OTP {otp})")


def _is_same(base: Release, top: Release, problems: Problems) -> bool:
    """Whether both are the same application, in whatever versions."""
    if base.name == top.name:
        return True
    label = f"`{spell_atom(base.name)}` is another application than `{spell_atom(top.name)}`"
    problems.add(T008.at(None, label, path=base.path, help=f"name a folder of `{spell_atom(top.name)}` with --from"))
    return False


def _compared(builds: Builds, folder: ReleaseFolder, problems: Problems) -> Iterator[Upgrade]:
    """Both ways to each other version, without a plan: what the rest of the release adds to it is not known."""
    for base in filter(None, builds.bases):
        for way in DIRECTIONS:
            draft = Draft(way, folder.release, base, builds.appups, otp=builds.otp)
            said = Problems()
            known = scripts(draft, said)
            yield Upgrade(way, draft.top, base, draft.appups, known, named_in(known), None, folder)
            problems.found += [d for d in said.found if d.code is not A002]
