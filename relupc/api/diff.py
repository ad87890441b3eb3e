"""Two builds named by users -> what changed between them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from relupc.api.archives import opened
from relupc.api.builds import Build, Search, check_options, read_builds
from relupc.api.differences import diffs_of, touched
from relupc.api.found import Found
from relupc.api.programs import Beams
from relupc.model.build import Release
from relupc.model.code import Module
from relupc.model.codes import R002, T003, T007, T008, T013
from relupc.model.comparison import Differences
from relupc.model.diagnostic import ConfigError, Diagnostic, InputError, Problems
from relupc.model.otp import OLDEST_OTP, OTP_APPLICATIONS
from relupc.model.outcome import Failure, Options
from relupc.model.program import Diff
from relupc.model.spelling import spell_atom
from relupc.model.value import replace
from relupc.read.application import read_application
from relupc.read.find import search_for
from relupc.read.release import Library
from relupc.read.targets import target

_Pair = tuple[Release | None, Release | None, int]


def diff(
    old: Build,
    new: Build,
    *,
    path: Iterable[str | os.PathLike[str]] | str | os.PathLike[str] = (),
    isolated: bool = False,
    otp_root: str | os.PathLike[str] | None = None,
) -> list[Diff]:
    """What changed between two releases, or two versions of an application; docs/api.md says what to pass.

    Applications in which nothing did are left out. Raises InputError (a build that cannot be read), ConfigError (a
    wrong argument).

    >>> [changed] = diff("fixtures/hey/erlang/0.0.1/hey", "fixtures/hey/erlang/0.0.2/hey")
    >>> [(change.module, change.why) for change in changed.of_kind("changed")]
    [('hey_case', ('code only',)), ('hey_words', ('code only',))]
    """
    folders = [path] if isinstance(path, str | os.PathLike) else list(path)
    found = differences(old, new, Options(folders, isolated=isolated, otp_root=otp_root))
    if any(d.severity == "error" for d in found.diagnostics):
        raise (ConfigError if failure_of(found.diagnostics) == "arguments" else InputError)(list(found.diagnostics))
    return [one for one in found.diffs if one.is_changed]


def failure_of(diagnostics: Iterable[Diagnostic]) -> Failure | None:
    """Why two builds could not be compared, if so; else there may be errors in what they hold."""
    codes = {d.code for d in diagnostics if d.severity == "error"}
    if codes & {T008, T013}:
        return "arguments"
    return "files" if codes & {T003, T007} else None


def differences(old: Build, new: Build, options: Options) -> Differences:
    """As `diff`, with all that a report needs; nothing is raised."""
    found = Found(progress=options.progress)
    options = opened([new, old], options, found.problems)
    search = check_options(options, found.problems)
    read = _applications if any(map(_is_application, (old, new))) else _releases
    base, top, otp = read(old, new, search, found)
    diffs: tuple[Diff, ...] = ()
    if base and top and _is_comparable(base, top, found.problems):
        diffs = tuple(_diffs(base, top, Beams(found, search.files)))
    said = tuple(d for d in found.problems.found if d.code is not R002 and not (d.file or "").endswith(".appup"))
    return Differences(base, top, diffs, said, tuple(dict.fromkeys(found.files)), otp if top else None)


def _is_application(build: Build) -> bool:
    what = None if isinstance(build, Release) else target(os.fspath(build))
    return what is not None and what.kind == "application"


def _releases(old: Build, new: Build, search: Search, found: Found) -> _Pair:
    builds = read_builds(new, [old], search, found.problems)
    found.files += (file for file in builds.files if not file.endswith(".appup"))
    return builds.bases[0], builds.top, builds.otp


def _applications(old: Build, new: Build, search: Search, found: Found) -> _Pair:
    library = Library(search_for([], [], True, None), OLDEST_OTP, search.files.texts)
    folders = [build.path if isinstance(build, Release) else os.fspath(build) for build in (old, new)]
    read = [read_application(folder, library, OLDEST_OTP, found.problems) for folder in folders]
    base, top = (one and replace(one, path=folder) for one, folder in zip(read, folders, strict=True))
    found.files += library.files
    return base, top, OLDEST_OTP


def _is_comparable(base: Release, top: Release, problems: Problems) -> bool:
    """Whether these are two releases, or two versions of one application."""
    if base.erts or top.erts or base.name == top.name:
        return True
    label = f"`{spell_atom(base.name)}` is another application than `{spell_atom(top.name)}`"
    problems.add(T008.at(None, label, path=base.path, help=f"name two folders of `{spell_atom(top.name)}`"))
    return False


def _diffs(base: Release, top: Release, beams: Beams) -> Iterable[Diff]:
    """All applications; the code of OTP's own is not looked at any closer."""
    looked_at = touched(base, top, OTP_APPLICATIONS, beams.of)

    def side(release: Release) -> Callable[[str], Mapping[str, Module]]:
        apps = {app.name: beams.of(app) for app in reversed(release.apps)}
        return lambda name: {
            beam.module: beams.module(beam, name, decoded=name in looked_at) for beam in apps.get(name, ())
        }

    return diffs_of(base, top, (side(base), side(top)), (), beams.of, empty=True).values()
