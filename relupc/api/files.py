"""What lint is asked for -> the files and releases to look at, after the configuration's excludes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TextIO

from relupc.model import disk
from relupc.model.codes import T003, T008
from relupc.model.config import Config
from relupc.model.diagnostic import Diagnostic, Problems
from relupc.model.glob import covers
from relupc.model.outcome import Options
from relupc.model.value import NamedTuple
from relupc.read.file import MAX_BYTES
from relupc.read.find import expand, find_rel, split_root
from relupc.read.targets import Target, appups_in, target

STDIN = "-"
BUILDS = ("rel", "root", "application")  # these are never excluded


class Chosen(NamedTuple):
    """What to look at, each once, and what was named but is excluded."""

    targets: tuple[Target, ...]
    excluded: tuple[str, ...]


def choose(paths: Sequence[str], options: Options, config: Config, problems: Problems) -> Chosen:
    """The targets that paths stand for; no path is the working folder. What stands for nothing is reported."""
    inside = place_in(config.root)
    targets: dict[str, Target] = {}
    excluded: dict[str, None] = {}
    before, left_out = len(problems.found), 0
    for path in paths or ["."]:
        what = _target(path, options, problems)
        if what is None:
            continue
        files = [Target("appup", file) for file in appups_in(what.path)] if what.kind == "folder" else [what]
        kept = [file for file in files if file.kind in BUILDS or not is_excluded(file.path, config, inside)]
        left_out += len(files) - len(kept)
        targets |= {os.path.normpath(file.path): file for file in kept if os.path.normpath(file.path) not in targets}
        if files and not kept and paths:
            excluded[what.path] = None
    if not targets and not excluded and len(problems.found) == before:
        problems.add(_nothing(paths, left_out))
    return Chosen(tuple(targets.values()), tuple(excluded))


def _target(path: str, options: Options, problems: Problems) -> Target | None:
    """What a path of the command line is; what is nothing is reported."""
    name = path
    if path == STDIN:
        if options.stdin_filename is None:
            label = "nobody can tell what kind of file this is"
            problems.add(T008.at(None, label, path=path, help="name it with --stdin-filename, such as src/shop.appup"))
            return None
        name = options.stdin_filename
    what = target(name)
    if what is None and path != STDIN and not disk.is_named(name):
        problems.add(T003.at(None, "no such file or folder", path=name, help="correct the path"))
    elif what is None or (path == STDIN and what.kind in (*BUILDS, "folder")):
        advice = "name an .appup, .app, .rel, .erl, .ex or relup file, or a folder"
        problems.add(T008.at(None, "nothing that lint can read", path=name, help=advice))
        return None
    return what


def _nothing(paths: Sequence[str], left_out: int) -> Diagnostic:
    hidden = f"; {left_out} below it {'is' if left_out == 1 else 'are'} excluded" if left_out else ""
    label = f"nothing to check: no .appup or .appup.src that git does not ignore{hidden}"
    advice = "name a file, another folder or a release" + (", or write --no-exclude" if left_out else "")
    return T008.at(None, label, path=paths[0] if paths else ".", help=advice)


def is_excluded(path: str, config: Config, inside: Callable[[str], str | None]) -> bool:
    """Whether a pattern of the configuration is about a file."""
    place = inside(path)
    return place is not None and any(covers(pattern, place) for pattern in config.exclude)


def place_in(root: str) -> Callable[[str], str | None]:
    """A function from paths to the same as a folder has them, with `/`; None for what is not below that folder.

    A link counts as what its name says, as in git; only where that leads elsewhere, as what it points to.
    """
    try:
        top, real_top = os.path.abspath(root), disk.real(root)
    except OSError:  # the working folder was removed
        return lambda _: None

    @cache
    def place(path: str) -> str | None:
        whole = os.path.abspath(path)
        folder, name = os.path.split(whole)
        for file, above in ((whole, top), (os.path.join(disk.real(folder), name), real_top)):
            if file.startswith(os.path.join(above, "")):
                return file[len(os.path.join(above, "")) :].replace(os.sep, "/")
        return None

    return place


def lost_builds(config: Config, new: str, *, with_new: bool = True, with_old: bool = True) -> Iterator[Diagnostic]:
    """What [builds] names but is not there, with the command that usually makes it; `new` is the release in use."""
    folders = [folder for element in config.folders for folder in expand(element)]
    if with_new and not _is_there(new, folders):
        from relupc.read.maker import maker  # noqa: PLC0415 - only for a mistake

        command = maker(split_root(new)[0])
        advice = f"make it first: `{command}`" if command else f"make it first, or correct `new` in {config.path}"
        yield T003.at(None, "the build that [builds] names as `new` is not there", path=new, help=advice)
    for old in config.old if with_old else ():
        name = split_root(new)[0] + old if old.startswith("@") else old
        if not _is_there(name, folders) and not _is_there(name.partition("=")[0], folders):
            advice = f"put the release there that runs now, or correct `from` in {config.path}"
            yield T003.at(None, "the build that [builds] names under `from` is not there", path=name, help=advice)


def _is_there(build: str, folders: list[str]) -> bool:
    return disk.is_named(build) or find_rel(build, folders) is not None


def from_stream(stream: TextIO) -> bytes:
    """What standard input holds, and one byte more than is read of a file if it is too long."""
    data: bytes = (
        stream.buffer.read(MAX_BYTES + 1) if hasattr(stream, "buffer") else stream.read(MAX_BYTES + 1).encode()
    )
    return data
