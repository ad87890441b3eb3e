"""Builds named by users -> the appups that lead from the old ones to the new one, and back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from relupc.api.archives import opened
from relupc.api.builds import Build, Search, check_options, libraries, read_builds
from relupc.api.differences import diffs_of, touched
from relupc.api.found import Found
from relupc.api.lint import examine
from relupc.api.programs import Beams, program
from relupc.model.build import Release
from relupc.model.codes import R002, T003, T007, T008, T013
from relupc.model.config import Config
from relupc.model.diagnostic import ConfigError, Diagnostic, InputError, Problems
from relupc.model.otp import OLDEST_OTP, OTP_APPLICATIONS
from relupc.model.outcome import Failure, Options
from relupc.model.proposal import ProposedAppup
from relupc.model.spelling import spell_atom
from relupc.model.value import dataclass, replace
from relupc.propose.appup import Pair, propose
from relupc.propose.text import text_of
from relupc.read.application import read_application
from relupc.read.find import search_for
from relupc.read.release import Library
from relupc.read.targets import target


@dataclass(frozen=True, slots=True)
class Generated:
    """How it ended: the appups, those of a release in the order of its applications, and what is to be said of them.

    `new` and `old` are the builds, as far as they could be read.
    """

    appups: tuple[ProposedAppup, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...] = ()
    new: Release | None = None
    old: tuple[Release, ...] = ()


def generate(
    new: Build,
    old: Iterable[Build] | Build,
    *,
    app: Iterable[str] | str = (),
    path: Iterable[str | os.PathLike[str]] | str | os.PathLike[str] = (),
    isolated: bool = False,
    otp_root: str | os.PathLike[str] | None = None,
) -> list[ProposedAppup]:
    """The appups of the applications that have another version in `new`, with an entry for each in `old`.

    Builds are as in `diff`; `app` names the applications that are wanted. Raises InputError (a build that cannot be
    read), ConfigError (a wrong argument); never for what the upgrade cannot do: `lint` tells.

    >>> [hey] = generate("fixtures/hey/erlang/0.0.2/hey", "fixtures/hey/erlang/0.0.1/hey")
    >>> [(entry.old, len(entry.up)) for entry in hey.entries]
    [('0.0.1', 2)]
    """
    folders = [path] if isinstance(path, str | os.PathLike) else list(path)
    olds = [old] if isinstance(old, str | os.PathLike | Release) else list(old)
    wanted = [app] if isinstance(app, str) else list(app)
    found = generated(new, olds, Options(folders, isolated=isolated, otp_root=otp_root), Config(exclude=()), wanted)
    failure = failure_of(found.diagnostics)
    if failure:
        raise (ConfigError if failure == "arguments" else InputError)(list(found.diagnostics))
    return list(found.appups)


def failure_of(diagnostics: Iterable[Diagnostic]) -> Failure | None:
    """Why nothing could be made, if so; else there may be errors in what was made."""
    codes = {d.code for d in diagnostics if d.severity == "error"}
    if codes & {T008, T013}:
        return "arguments"
    return "files" if codes & {T003, T007} else None


def generated(
    new: Build, old: Sequence[Build], options: Options, config: Config, wanted: Sequence[str] = ()
) -> Generated:
    """As `generate`, with all that a report needs; nothing is raised.

    What is made is looked at by the rules of `lint`: what they find of it is what people have to do themselves.
    """
    found = Found(progress=options.progress)
    options = opened([new, *old], options, found.problems)
    search = check_options(options, found.problems)
    is_one = any(map(_is_application, (new, *old)))
    top, bases, otp = (_applications if is_one else _releases)(new, old, search, found)
    files = tuple(dict.fromkeys(found.files))
    if top is None or len(bases) < len(old) or failure_of(found.problems.found):
        return Generated((), tuple(found.problems.found), files)
    appups = tuple(_proposed(top, bases, otp, search, found, wanted))
    said = _checked(new, old, top, appups, options, config) if appups else ()
    met = tuple(d for d in found.problems.found if d.code is not R002 and not (d.file or "").endswith(".appup"))
    return Generated(appups, tuple(dict.fromkeys((*met, *said))), tuple(dict.fromkeys(found.files)), top, bases)


def _proposed(
    top: Release, bases: Sequence[Release], otp: int, search: Search, found: Found, wanted: Sequence[str]
) -> Iterable[ProposedAppup]:
    beams = Beams(found, search.files, libraries(search))
    pairs: dict[str, list[Pair]] = {}
    for base in bases:
        decode = touched(base, top, OTP_APPLICATIONS, beams.of)
        before, after = (program(release, decode, otp, beams) for release in (base, top))
        diffs = diffs_of(base, top, (before.of_app, after.of_app), OTP_APPLICATIONS, beams.of, empty=True)
        for name, diff in diffs.items():
            if diff.old is not None and diff.new is not None and diff.old != diff.new:
                pairs.setdefault(name, []).append(Pair(before, after, diff))
    for app in top.apps:
        if app.name in pairs and (not wanted or app.name in wanted):
            yield propose(app.name, app.vsn, pairs[app.name])


def _checked(
    new: Build,
    old: Sequence[Build],
    top: Release,
    appups: Iterable[ProposedAppup],
    options: Options,
    config: Config,
) -> tuple[Diagnostic, ...]:
    """What lint finds with these appups in place."""
    if not all(isinstance(build, str | os.PathLike) for build in (new, *old)):
        return ()
    known = {app.name: app for app in top.apps}
    texts = {
        os.path.realpath(os.path.join(known[one.app].directory, f"{one.app}.appup")): text_of(one).encode()
        for one in appups
    }
    paths = [os.fspath(build) for build in (new, *old) if not isinstance(build, Release)]
    overlaid: Mapping[str, bytes] = {**options.texts, **texts}
    linted = examine(paths[:1], paths[1:], replace(options, texts=overlaid), config)
    return tuple(d for d in linted.diagnostics if d.suppressed is None)


def _is_application(build: Build) -> bool:
    what = None if isinstance(build, Release) else target(os.fspath(build))
    return what is not None and what.kind == "application"


def _releases(
    new: Build, old: Sequence[Build], search: Search, found: Found
) -> tuple[Release | None, tuple[Release, ...], int]:
    builds = read_builds(new, old, search, found.problems)
    found.files += (file for file in builds.files if not file.endswith(".appup"))
    return builds.top, tuple(filter(None, builds.bases)), builds.otp


def _applications(
    new: Build, old: Sequence[Build], search: Search, found: Found
) -> tuple[Release | None, tuple[Release, ...], int]:
    library = Library(search_for([], [], True, None), OLDEST_OTP, search.files.texts)
    read = []
    for build in (new, *old):
        folder = build.path if isinstance(build, Release) else os.fspath(build)
        one = read_application(folder, library, OLDEST_OTP, found.problems)
        read.append(one and replace(one, path=folder))
    found.files += library.files
    top, *bases = read
    known = tuple(base for base in bases if base and top and _is_same(base, top, found.problems))
    return top, known, OLDEST_OTP


def _is_same(base: Release, top: Release, problems: Problems) -> bool:
    if base.name == top.name:
        return True
    label = f"`{spell_atom(base.name)}` is another application than `{spell_atom(top.name)}`"
    problems.add(T008.at(None, label, path=base.path, help=f"name a folder of `{spell_atom(top.name)}` with --from"))
    return False
