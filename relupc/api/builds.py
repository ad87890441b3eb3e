"""Releases as users name them -> releases with their appups, read and validated."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from relupc.api.asked import asked_otp
from relupc.model import disk
from relupc.model.appup import Appup
from relupc.model.build import Release
from relupc.model.codes import T003, T008
from relupc.model.diagnostic import Problems
from relupc.model.files import Files
from relupc.model.otp import OLDEST_OTP
from relupc.model.outcome import Options
from relupc.model.progress import Progress
from relupc.model.value import dataclass
from relupc.read import find
from relupc.read.appup import read_appup
from relupc.read.find import appup_path, appups_below, erl_libs, expand, locate, otp_libs, otp_root
from relupc.read.release import Library, otp_of, read_release
from relupc.read.tree import is_file
from relupc.validate import validate

Build: TypeAlias = "str | os.PathLike[str] | Release"


@dataclass(frozen=True, slots=True)
class Search:
    """The options of a run, checked: where to look for applications, and whose rules count."""

    folders: list[str]
    otp_root: str | None
    appups: str | None
    otp: int | None
    isolated: bool
    files: Files
    progress: Progress


@dataclass(frozen=True, slots=True)
class Builds:
    """The releases of a run. `top` is None if it cannot be read, and so is a base; `otp` is whose rules count."""

    top: Release | None
    bases: tuple[Release | None, ...]
    appups: dict[tuple[str, str], Appup]
    otp: int
    files: tuple[str, ...]

    @property
    def read(self) -> tuple[Release, ...]:
        """The releases that could be read, each once, the new one first."""
        found = {id(release): release for release in (self.top, *self.bases) if release}
        return tuple(found.values())


def check_options(options: Options, problems: Problems) -> Search:
    """The options as what they stand for; what is wrong with them is reported."""
    otp = asked_otp(options, problems)
    folders = _folders([os.fspath(element) for element in options.path], options.files, problems)
    otp_root = _folder(options.otp_root, "--otp-root", problems)
    appups = _folder(options.appups, "--appups", problems)
    return Search(folders, otp_root, appups, otp, options.isolated, options.files, options.progress)


def read_builds(
    new: Build, bases: Sequence[Build], search: Search, problems: Problems, *, alone: bool = False
) -> Builds:
    """Read the new release, the old ones, and the appups of what differs; each release once.

    With `alone` and no old release, all appups that the new one's applications have are read.
    """
    builds = {_key(build): build for build in (new, *bases)}
    named = {key: _find(build, new, search, problems) for key, build in builds.items()}
    rels = [rel for rel in named.values() if isinstance(rel, str)]
    searches = _searches(named, search)
    library = Library(searches[_key(new)], search.otp, search.files.texts, search.progress)
    releases: dict[str | int, Release | None] = {}
    for key, build in named.items():
        library.search = searches[key]
        releases[key] = _release(key, build, library, problems)
    top = releases[_key(new)]
    otp, appups = library.otp or OLDEST_OTP, dict[tuple[str, str], Appup]()
    if top:
        otp = library.otp or otp_of(top.erts)
        others = [release for release in releases.values() if release and release is not top]
        appups = appups_of(top, others, search, otp, problems, alone=alone)
    files = (*rels, *library.files, *(appup.path for appup in appups.values()))
    return Builds(top, tuple(releases[_key(base)] for base in bases), appups, otp, files)


def libraries(search: Search) -> list[str]:
    """The folders of applications that are found without being named: those of ERL_LIBS and of OTP."""
    if search.isolated:
        return []
    elements = [*erl_libs(disk.variable("ERL_LIBS") or ""), *otp_libs(search.otp_root or otp_root())]
    return list(dict.fromkeys(folder for element in elements for folder in expand(element)))


def _searches(named: Mapping[str | int, Release | str | None], search: Search) -> dict[str | int, find.Search]:
    """How each release looks for its applications: beside its own .rel file first. Those in one folder share."""
    rels = [rel for rel in named.values() if isinstance(rel, str)]
    shared: dict[tuple[str, ...], find.Search] = {}
    found = {}
    for key, build in named.items():
        order = list(dict.fromkeys([build, *rels])) if isinstance(build, str) else rels
        beside = () if search.isolated else tuple(element for rel in order[:1] for element in find.beside(rel))
        if beside not in shared:
            shared[beside] = find.search_for(search.folders, order, search.isolated, search.otp_root, search.files)
        found[key] = shared[beside]
    return found


def is_lost(problems: Problems) -> bool:
    """Whether a release that was named cannot be read at all."""
    return any(d.code is T003 and d.subject.app is None for d in problems.found)


def _folders(elements: list[str], files: Files, problems: Problems) -> list[str]:
    """The folders of --path; OTP passes over what is not there, which hides typing errors."""
    folders: list[str] = []
    for element in elements:
        found = expand(element, files)
        folders += found
        if not found:
            label, advice = "no folder fits this", "correct or delete this --path"
            problems.add(T008.at(None, label, path=element, help=advice, severity="warning"))
    return folders


def _folder(folder: str | os.PathLike[str] | None, flag: str, problems: Problems) -> str | None:
    """The folder of a flag, which must be there."""
    if folder is not None and not disk.is_folder(os.fspath(folder)):
        problems.add(T008.at(None, "no such folder", path=os.fspath(folder), help=f"name a folder with {flag}"))
    return None if folder is None else os.fspath(folder)


def _key(build: Build) -> str | int:
    """By which a release is known within one call."""
    return id(build) if isinstance(build, Release) else os.fspath(build)


def _find(build: Build, new: Build, search: Search, problems: Problems) -> Release | str | None:
    if isinstance(build, Release):
        return build
    top = "" if isinstance(new, Release) else os.fspath(new)
    return locate(os.fspath(build), top, search.folders, problems, search.files)


def _release(name: str | int, build: Release | str | None, library: Library, problems: Problems) -> Release | None:
    if build is None or isinstance(build, Release):
        return build
    release = read_release(str(name), build, library, problems)
    return validate(release, problems) if release else None


def appups_of(
    top: Release, bases: Sequence[Release], search: Search, otp: int, problems: Problems, *, alone: bool = False
) -> dict[tuple[str, str], Appup]:
    """The appups of all applications that have another version in some base; with `alone` and no base, of all."""
    versions = [{app.name: app.vsn for app in reversed(base.apps)} for base in bases]
    below = appups_below(search.appups) if search.appups else {}
    if alone and not bases:
        wanted = [app for app in top.sorted if is_file(appup_path(app, below), search.files)]
    else:
        wanted = [app for app in top.sorted if any(app.name in v and v[app.name] != app.vsn for v in versions)]
    told = search.progress.each(wanted, "reading", "appups")
    found = {(a.name, a.vsn): read_appup(a, appup_path(a, below), otp, problems, search.files.texts) for a in told}
    return {key: appup for key, appup in found.items() if appup}
