"""A proposed appup -> the files that hold it, in the layout that a build tool looks for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from relupc.model import disk
from relupc.model.proposal import ProposedAppup
from relupc.model.value import NamedTuple

# flat: DIR/NAME.appup. ebin: where OTP looks. src: rebar3 and erlang.mk build it into ebin. relups: as Supavisor keeps
# them, by releases. rel: as Distillery does, by applications.
Layout: TypeAlias = Literal["flat", "ebin", "src", "relups", "rel"]
LAYOUTS: tuple[Layout, ...] = ("flat", "ebin", "src", "relups", "rel")
_PART = re.compile(r"[^\W.][\w.+~-]*")  # of a path: no separator, and no `..`


class Hop(NamedTuple):
    """Two releases, and the version that the older one has of the application."""

    old_release: str
    new_release: str
    old: str


class File(NamedTuple):
    """A file to write; a `source` is an .appup.src."""

    path: str
    appup: ProposedAppup
    source: bool = False


class UnsafeNameError(Exception):
    """A name or a version that is no part of a path."""


def files_of(
    appup: ProposedAppup, layout: Layout, out: str | None, hops: Sequence[Hop], ebin: str, sources: str | None
) -> Iterator[File]:
    """The files. `out` is the folder to write below: DIR, or the one of the project or of the release.

    Without it they go to `ebin` and `sources`, those of the application, else below the working folder. Raises
    UnsafeNameError: names and versions come from files that anybody may have made.
    """
    name, vsn = _part(appup.app), _part(appup.vsn)
    if layout in ("relups", "rel"):
        yield from _by_hops(appup, layout, out or ".", hops)
    elif layout == "src":
        yield File(os.path.join(_sources(name, out) if out else sources or "src", f"{name}.appup.src"), appup, True)
    elif layout == "ebin":
        yield File(
            os.path.join(out, "lib", f"{name}-{vsn}", "ebin", f"{name}.appup")
            if out
            else os.path.join(ebin, f"{name}.appup"),
            appup,
        )
    else:
        yield File(os.path.join(out or ".", f"{name}.appup"), appup)


def _by_hops(appup: ProposedAppup, layout: Layout, out: str, hops: Sequence[Hop]) -> Iterator[File]:
    """A file for each old version."""
    entries = {entry.old: entry for entry in appup.entries}
    seen = set[str]()
    for hop in hops:
        if layout == "relups":
            folder = f"{_part(hop.old_release)}-{_part(hop.new_release)}"
            path = os.path.join(out, "relups", folder, "appups", f"{appup.app}-{appup.vsn}.appup")
        else:
            path = os.path.join(out, "rel", "appups", appup.app, f"{_part(hop.old)}_to_{appup.vsn}.appup")
        if hop.old in entries and path not in seen:
            seen.add(path)
            yield File(path, appup._replace(entries=(entries[hop.old],)))


def _sources(name: str, project: str) -> str:
    """The folder of an application's sources in a project of one or of several."""
    inner = (os.path.join(project, *parts) for parts in (("apps", name, "src"), ("lib", name, "src")))
    return next(filter(disk.is_folder, inner), os.path.join(project, "src"))


def _part(name: str) -> str:
    if not _PART.fullmatch(name):
        raise UnsafeNameError(name)
    return name
