"""Builds as users name them -> what the archives among them hold."""

from __future__ import annotations

import os
from collections.abc import Iterable

from relupc.model import disk
from relupc.model.diagnostic import Diagnostic, Problems
from relupc.model.files import Files, together
from relupc.model.outcome import Options
from relupc.model.value import replace
from relupc.read.find import split_root
from relupc.read.tree import is_archive


def opened(builds: Iterable[object], options: Options, problems: Problems) -> Options:
    """The options with the files of all archives among these builds; an archive that cannot be read is reported."""
    names = [os.fspath(build) for build in builds if isinstance(build, str | os.PathLike)]
    paths = [path for name in names for path in dict.fromkeys((name, split_root(name)[0])) if is_archive(path)]
    if not paths:
        return options
    from relupc.read.archive import read_archive  # noqa: PLC0415 - most runs have none

    found = [options.archives]
    for path in dict.fromkeys(paths):
        files = read_archive(path)
        if isinstance(files, Diagnostic):
            problems.add(files)
        else:
            found.append(files)
    return replace(options, archives=together(found))


def within(paths: Iterable[str], archives: Files) -> set[str]:
    """The paths that lead into an archive: nothing is ever changed there."""
    return {path for path in paths if disk.real(path) in archives.texts} if archives.texts else set()
