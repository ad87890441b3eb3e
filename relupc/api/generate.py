"""Builds named by users -> the appups that lead from the old ones to the new one, and back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from relupc.api.archives import opened
from relupc.api.builds import Build, Search, check_options, libraries, read_builds
from relupc.api.differences import diffs_of, touched
from relupc.api.found import Found
from relupc.api.lint import examine
from relupc.api.placing import Home, Placed, Placing, placed
from relupc.api.programs import Beams, compiled_from, program
from relupc.model import disk
from relupc.model.build import Release
from relupc.model.codes import R002, T003, T007, T008, T013
from relupc.model.config import Config
from relupc.model.diagnostic import ConfigError, Diagnostic, InputError, Problems
from relupc.model.otp import OLDEST_OTP, OTP_APPLICATIONS
from relupc.model.outcome import Failure, Options
from relupc.model.program import Change, ChangeKind, Diff
from relupc.model.proposal import ProposedAppup
from relupc.model.spelling import spell_atom
from relupc.model.value import dataclass, field, replace
from relupc.propose.across import across
from relupc.propose.appup import Pair, propose
from relupc.propose.places import Hop
from relupc.propose.text import text_of
from relupc.read.application import read_application
from relupc.read.find import search_for
from relupc.read.release import Library
from relupc.read.targets import target

NOWHERE = Placing()


@dataclass(frozen=True, slots=True)
class Generated:
    """How it ended: the appups, those of a release in the order of its applications, and what is to be said of them.

    `placed` are the files that are to hold them, `files` those that were read. `homes` is where each application lives.
    """

    appups: tuple[ProposedAppup, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...] = ()
    placed: tuple[Placed, ...] = ()
    homes: Mapping[str, Home] = field(default_factory=dict)


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
    new: Build,
    old: Sequence[Build],
    options: Options,
    config: Config,
    wanted: Sequence[str] = (),
    placing: Placing = NOWHERE,
) -> Generated:
    """As `generate`, with all that a report needs; nothing is raised, and nothing is written.

    What is made is looked at by the rules of `lint`: what they find of it is what people have to do themselves.
    """
    found = Found(progress=options.progress)
    options = opened([new, *old], options, found.problems)
    search = check_options(options, found.problems)
    is_one = any(map(_is_application, (new, *old)))
    top, bases, otp = (_applications if is_one else _releases)(new, old, search, found)
    if top is None or len(bases) < len(old) or failure_of(found.problems.found):
        return Generated((), tuple(found.problems.found), tuple(dict.fromkeys(found.files)))
    beams = Beams(found, search.files, libraries(search))
    pairs = _pairs(top, bases, otp, beams)
    apps = {app.name: app for app in top.apps if app.name in pairs and (not wanted or app.name in wanted)}
    appups = across([propose(name, app.vsn, pairs[name]) for name, app in apps.items()], pairs)
    homes = {name: Home(app.directory, compiled_from(beams.of(app))) for name, app in apps.items()}
    problems = Problems()
    files = placed(appups, _hops(top, bases), homes, placing, problems)
    said = _checked(new, old, appups, homes, files, options, config) if files else ()
    met = (d for d in found.problems.found if d.code is not R002 and not (d.file or "").endswith(".appup"))
    diagnostics = tuple(dict.fromkeys((*met, *problems.found, *said)))
    return Generated(appups, diagnostics, tuple(dict.fromkeys(found.files)), files, homes)


def _pairs(top: Release, bases: Sequence[Release], otp: int, beams: Beams) -> dict[str, list[Pair]]:
    """The applications that have another version in some base, with their code and with what changed in it."""
    pairs: dict[str, list[Pair]] = {}
    for base in bases:
        decode = touched(base, top, OTP_APPLICATIONS, beams.of)
        before, after = (program(release, decode, otp, beams) for release in (base, top))
        diffs = diffs_of(base, top, (before.of_app, after.of_app), OTP_APPLICATIONS, beams.of, empty=True)
        for name, diff in diffs.items():
            if diff.old is not None and diff.new is not None and diff.old != diff.new:
                pairs.setdefault(name, []).append(Pair(before, after, _listed(diff, base, top)))
    return pairs


def _listed(diff: Diff, base: Release, top: Release) -> Diff:
    """What changed in the modules that the .app files list; without changed code, which of them come and go.

    OTP refuses an instruction for a module that is in no list (systools_rc: `no_such_module`). A module that both list
    and one build lacks was not built: it is no module that goes.
    """
    apps = (base.app(diff.app), top.app(diff.app))
    old, new = ({module.name for module in app.modules} if app else set() for app in apps)
    if diff.changes:
        lists: dict[ChangeKind, set[str]] = {"added": new, "removed": old - new}
        return replace(diff, changes=tuple(c for c in diff.changes if c.module in lists.get(c.kind, old & new)))
    kinds: dict[str, ChangeKind] = {**dict.fromkeys(new - old, "added"), **dict.fromkeys(old - new, "removed")}
    return replace(diff, changes=tuple(Change(name, kind, (), None, None) for name, kind in sorted(kinds.items())))


def _hops(top: Release, bases: Sequence[Release]) -> dict[str, list[Hop]]:
    """The releases between which each application changes."""
    found: dict[str, list[Hop]] = {}
    for base in bases:
        for app in base.apps:
            found.setdefault(app.name, []).append(Hop(base.vsn, top.vsn, app.vsn))
    return found


def _checked(
    new: Build,
    old: Sequence[Build],
    appups: Sequence[ProposedAppup],
    homes: Mapping[str, Home],
    files: Sequence[Placed],
    options: Options,
    config: Config,
) -> tuple[Diagnostic, ...]:
    """What lint finds with these appups in place."""
    if not all(isinstance(build, str | os.PathLike) for build in (new, *old)):
        return ()
    built = {one.app: text_of(one) for one in appups}
    alone = {one.app: one for one in files if sum(other.app == one.app for other in files) == 1}
    built |= {app: one.built for app, one in alone.items()}  # with what was written by hand
    texts = {disk.real(os.path.join(homes[app].ebin, f"{app}.appup")): text.encode() for app, text in built.items()}
    paths = [os.fspath(build) for build in (new, *old) if not isinstance(build, Release)]
    linted = examine(paths[:1], paths[1:], replace(options, texts={**options.texts, **texts}), config)
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
