"""A checkout -> each application's version: when it was last touched, and by which commit."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence

from relupc.api.archives import opened
from relupc.api.builds import check_options, read_builds
from relupc.model.checkout import Declared, Versioned, Versions
from relupc.model.codes import R201, R202, R203, T008
from relupc.model.diagnostic import ConfigError, Diagnostic, InputError, Problems, Subject
from relupc.model.outcome import Failure, Options
from relupc.model.spelling import listed, spell_atom
from relupc.model.value import replace
from relupc.read.checkout import applications_in, declared, is_built, place_of
from relupc.read.git import Refused, changed_since, holds, lacking, last_commit, revision, text_at, tracked, unclean
from relupc.read.targets import target

_FROM_GIT = re.compile(r"[0-9]{1,12}-[0-9a-f]{5,64}")


def versions(
    path: str | os.PathLike[str] = ".",
    *,
    old: str | os.PathLike[str] | None = None,
    include: Iterable[str | os.PathLike[str]] | str | os.PathLike[str] = (),
    allow_dirty: bool = False,
) -> list[Versioned]:
    """The applications of a git checkout with their versions from git; docs/api.md says what to pass.

    Raises InputError (no git, no whole history, changes that are not committed), ConfigError (a wrong argument).
    """
    paths = [include] if isinstance(include, str | os.PathLike) else list(include)
    against = None if old is None else os.fspath(old)
    found = versions_of(os.fspath(path), against, [os.fspath(one) for one in paths], allow_dirty=allow_dirty)
    if any(d.severity == "error" for d in found.diagnostics):
        raise (ConfigError if why_none(found.diagnostics) == "arguments" else InputError)(list(found.diagnostics))
    return list(found.apps)


def why_none(diagnostics: Iterable[Diagnostic]) -> Failure | None:
    """Why there are no versions, if so; changes that are not committed are no such reason."""
    errors = [d.code for d in diagnostics if d.severity == "error" and d.code is not R202]
    if not errors:
        return None
    return "arguments" if T008 in errors else "files"


def versions_of(folder: str, old: str | None, include: Sequence[str], *, allow_dirty: bool = False) -> Versions:
    """As `versions`, with all that a report needs; nothing is raised. Without an application there is T008."""
    problems = Problems()
    apps = _applications(folder, include, problems)
    if not problems.fatal:
        everything = unclean(folder, ["."])  # what lies beside the applications may be part of the build too
        names = [name for app, _ in apps for name in app.dirty]
        names += [] if isinstance(everything, Refused) else everything
        _check_clean(folder, names, problems, allowed=allow_dirty)
    if problems.fatal:
        return Versions((), tuple(problems.found), old)
    compared = _compared(folder, apps, old, problems) if old is not None else [app for app, _ in apps]
    shown = () if problems.fatal else tuple(compared)
    return Versions(shown, tuple(problems.found), old)


_App = tuple[Versioned, list[str]]  # with the paths that count for it


def _applications(folder: str, include: Sequence[str], problems: Problems) -> list[_App]:
    reason = lacking(folder)
    if reason:
        problems.add(R201.at(None, reason[0], path=folder, help=reason[1]))
        return []
    files = tracked(folder)
    if isinstance(files, Refused):
        problems.add(R201.at(None, f"git says: {files.why}", path=folder, help="see what `git ls-files` says"))
        return []
    more = list(_included(folder, include, problems))
    found = applications_in(folder, *files)
    if not found:
        label = "no application here: no src/NAME.app.src and no mix.exs, nor in apps/* or lib/*"
        problems.add(T008.at(None, label, path=folder, help="name the folder of an application, or of a project"))
    return [app for one in found if (app := _versioned(folder, one, files[1], more, problems))]


def _included(folder: str, include: Sequence[str], problems: Problems) -> Iterator[str]:
    """What counts for every application, relative to `folder`."""
    for path in include:
        if "\0" in path or not os.path.exists(path):
            problems.add(T008.at(None, "no such file or folder", path=path, help="correct --include"))
        elif not holds(folder, path):
            problems.add(T008.at(None, "this is outside of the repository", path=path, help="correct --include"))
        else:
            yield os.path.relpath(os.path.realpath(path), os.path.realpath(folder))


def _versioned(folder: str, one: Declared, submodules: list[str], more: list[str], problems: Problems) -> _App | None:
    paths = [place_of(one, submodules), *more]
    commit, dirty = last_commit(folder, paths), unclean(folder, paths)
    if commit is None or isinstance(dirty, Refused):
        label, advice = f"no commit has touched the folder of `{spell_atom(one.app)}`", "commit it"
        if isinstance(dirty, Refused):
            label, advice = f"git says: {dirty.why}", "see what `git status` says there"
        where = os.path.normpath(os.path.join(folder, one.folder))
        problems.add(R201.at(None, label, path=where, help=advice, subject=Subject(one.app)))
        return None
    return Versioned(one, commit, tuple(dirty)), paths


def _check_clean(folder: str, dirty: Iterable[str], problems: Problems, *, allowed: bool) -> None:
    """Report files that are not as committed: the version of their application would name another content."""
    names = sorted(set(dirty))
    if not names:
        return
    said = listed(_shown(folder, names))
    problems.add(
        R202.at(
            None,
            said,
            path=folder,
            help=None if allowed else "commit them, or use --allow-dirty",
            notes=("the versions are those of the last commit, as if there were no changes",) if allowed else (),
            severity="note" if allowed else None,
        )
    )


def _shown(folder: str, names: Iterable[str]) -> list[str]:
    """Files below `folder` as the user would name them."""
    return [os.path.normpath(os.path.join(folder, name)) for name in names]


def _compared(folder: str, apps: Sequence[_App], old: str, problems: Problems) -> list[Versioned]:
    """The applications beside a revision, or beside a build where a file or folder has that name."""
    what = target(old) if os.path.exists(old.rpartition("@")[0] or old) else None
    if what is not None and what.kind in ("root", "rel"):
        return _beside_build(folder, apps, old, problems)
    commit = revision(folder, old)
    if commit is None:
        label = "neither a revision of this checkout nor a build"
        problems.add(T008.at(None, label, path=old, help="name a tag, a branch, a commit or a release"))
        return []
    return [_beside_commit(folder, app, paths, commit, old, problems) for app, paths in apps]


def _beside_commit(
    folder: str, app: Versioned, paths: list[str], commit: str, name: str, problems: Problems
) -> Versioned:
    one = app.declared
    was = text_at(folder, commit, one.file)
    before = declared(one.file, one.folder, was, one.file) if was is not None else None
    if before is None:
        return replace(app, since="new")
    files = changed_since(folder, commit, paths)
    differ = () if isinstance(files, Refused) else tuple(f for f in files if is_built(f, one.folder))
    if not files or isinstance(files, Refused):
        return replace(app, since="unknown" if isinstance(files, Refused) else "same", old=before.vsn)
    if differ and one.vsn is not None and one.vsn == before.vsn:
        problems.add(_not_raised(folder, one, name, differ))
        return replace(app, since="not raised", old=before.vsn, changed=differ)
    return replace(app, since="changed", old=before.vsn, changed=differ)


def _not_raised(folder: str, one: Declared, since: str, changed: tuple[str, ...]) -> Diagnostic:
    count = f"{len(changed)} file{'' if len(changed) == 1 else 's'}"
    return R203.at(
        one.span,
        f"{count} of `{spell_atom(one.app)}` changed since {since}, and this version did not",
        help="raise it, and write an appup",
        notes=(
            f"changed: {listed(_shown(folder, changed))}",
            "OTP leaves alone what has the same version in both releases",
        ),
        subject=Subject(one.app, old=one.vsn, new=one.vsn),
    )


def _beside_build(folder: str, apps: Sequence[_App], old: str, problems: Problems) -> list[Versioned]:
    """The applications beside those of a build. Only versions from git say what the build was made of."""
    options = opened([old], Options(), problems)
    builds = read_builds(old, [], check_options(options, problems), problems)
    if builds.top is None or problems.fatal:
        return []
    before = {app.name: app.vsn for app in builds.top.apps}
    return [_beside_version(folder, app, paths, before.get(app.declared.app), old, problems) for app, paths in apps]


def _beside_version(
    folder: str, app: Versioned, paths: list[str], vsn: str | None, build: str, problems: Problems
) -> Versioned:
    if vsn is None:
        return replace(app, since="new")
    if vsn == app.version:
        return replace(app, since="same", old=vsn)
    commit = revision(folder, vsn.partition("-")[2]) if _FROM_GIT.fullmatch(vsn) else None
    if commit is None:
        return replace(app, since="changed" if app.declared.vsn not in (None, vsn) else "unknown", old=vsn)
    from_git = replace(app, declared=replace(app.declared, vsn=None))  # as the build's was, so it rises by itself
    return replace(_beside_commit(folder, from_git, paths, commit, build, problems), declared=app.declared, old=vsn)
