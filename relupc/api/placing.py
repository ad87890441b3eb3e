"""Proposed appups -> the files that hold them: where they go, and what becomes of what people wrote there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from relupc.api.fixing import relative
from relupc.fix import Edit, edited
from relupc.model.codes import R116, T008
from relupc.model.diagnostic import Diagnostic, Problems
from relupc.model.otp import OLDEST_OTP
from relupc.model.proposal import ProposedAppup
from relupc.model.source import Source
from relupc.model.term import List, Term
from relupc.model.value import NamedTuple
from relupc.patch import patch
from relupc.propose.merge import UnclearError, additions
from relupc.propose.places import File, Hop, Layout, UnsafeNameError, files_of
from relupc.propose.text import text_of
from relupc.read.appup import appup_from
from relupc.read.file import Unreadable, decode, encoding_of, read_bytes
from relupc.read.script import read_script
from relupc.read.source_folder import source_folder
from relupc.read.text import read_first
from relupc.write import file_text


class Home(NamedTuple):
    """Where an application lives: its `ebin`, and the source that the compiler noted in one of its modules."""

    ebin: str
    compiled_from: str | None


class Placing(NamedTuple):
    """Where the files go: in which layout, below which folder; with `merge` they keep what stands there."""

    layout: Layout | None = None
    out: str | None = None
    merge: bool = False


class Placed(NamedTuple):
    """A file, what it holds now (None: it is not there), and what it is to hold; without a path it is only shown.

    `built` is the appup as OTP reads it, when it is built.
    """

    app: str
    path: str | None
    old: bytes | None
    new: bytes
    built: str


def placed(
    appups: Iterable[ProposedAppup],
    hops: Mapping[str, list[Hop]],
    homes: Mapping[str, Home],
    placing: Placing,
    problems: Problems,
) -> tuple[Placed, ...]:
    """The files; what is in the way of one is reported."""
    found: list[Placed] = []
    for appup in appups:
        try:
            files = list(_files(appup, hops.get(appup.app, []), homes[appup.app], placing))
        except UnsafeNameError as error:
            problems.add(T008.at(None, f"`{error}` cannot be part of a path", path=homes[appup.app].ebin))
            continue
        found += filter(None, (_placed(file, homes[appup.app], placing, problems) for file in files))
    return tuple(found)


def _files(appup: ProposedAppup, hops: Sequence[Hop], home: Home, placing: Placing) -> Iterator[File | ProposedAppup]:
    """Beside the sources, unless it is said where; an appup that has no place is shown."""
    sources = source_folder(appup.app, home.ebin, home.compiled_from)
    layout = placing.layout or ("flat" if placing.out else "src")
    if placing.layout is None and placing.out is None and sources is None:
        yield appup
    else:
        yield from files_of(appup, layout, placing.out, hops, home.ebin, sources)


def _placed(file: File | ProposedAppup, home: Home, placing: Placing, problems: Problems) -> Placed | None:
    if isinstance(file, ProposedAppup):
        return _shown(file, home, placing, problems)
    old = _held(file.path, problems)
    if isinstance(old, Unreadable):
        return None
    text = text_of(file.appup, source=file.source)
    new, built = text.encode(), text_of(file.appup)
    if old is not None and placing.merge:
        merged = _merged(old, file, problems)
        if merged is None:
            return None
        new, built = merged
    return Placed(file.appup.app, file.path, old, new, built)


def _shown(appup: ProposedAppup, home: Home, placing: Placing, problems: Problems) -> Placed | None:
    """An appup without a place: what it is compared and merged with is the one that was built."""
    path = os.path.join(home.ebin, f"{appup.app}.appup")
    found = _placed(File(path, appup), home, placing, problems)
    return found and found._replace(path=None)


def _held(path: str, problems: Problems) -> bytes | Unreadable | None:
    if not os.path.lexists(path):
        return None
    data = read_bytes(path, path)
    if isinstance(data, Unreadable):
        problems.add(data.diagnostic)
    return data


def _merged(data: bytes, file: File, problems: Problems) -> tuple[bytes, str] | None:
    """What stands in a file with what is missing added to it, and what that is when it is built."""
    encoding = encoding_of(data)
    source = decode(data, file.path)
    read = _read(source, file, problems)
    if read is None:
        return None
    appup = appup_from(read[0], file.appup.app, file.path, problems)
    if appup is None:
        return None
    label, advice = "this holds a part that is not known before it is run", "add what is missing by hand"
    if not all(isinstance(part, List) and part.tail is None for part in (appup.up.term, appup.down.term)):
        label, advice = "this has no list of entries to add to", "write it as `{Vsn, [Entry, ...], [Entry, ...]}`"
    try:
        if not read[1] or source.text.encode(encoding) != data:
            raise UnclearError
        edits = sorted(Edit(span.start, span.end, text) for span, text in additions(appup, file.appup))
        new = edited(source.text, edits)
        again = _read(Source(file.path, new), file, Problems())
        if again is None:
            raise UnclearError
        return new.encode(encoding), file_text(again[0], OLDEST_OTP)
    except (UnclearError, UnicodeEncodeError):
        problems.add(T008.at(None, label, path=file.path, help=advice))
        return None


def _read(source: Source, file: File, problems: Problems) -> tuple[Term, bool] | None:
    """The term of an appup or of its source, and whether each part stands where it is written."""
    if file.source:
        script = read_script(source, OLDEST_OTP, file.appup.vsn)
        if isinstance(script, Unreadable):
            problems.add(script.diagnostic)
            return None
        return script.term, script.plain
    term = read_first(source, OLDEST_OTP)
    if isinstance(term, Unreadable):
        problems.add(term.diagnostic)
        return None
    return term, True


def in_the_way(files: Iterable[Placed]) -> tuple[Diagnostic, ...]:
    """The files that hold something else, which would be lost."""
    return tuple(
        T008.at(None, "this is there already", path=one.path, help="add what is missing with --merge, or delete it")
        for one in files
        if one.path is not None and one.old is not None and one.old != one.new
    )


def patch_of(files: Iterable[Placed], homes: Mapping[str, Home]) -> bytes:
    """What would change, as one patch with paths relative to the working folder."""
    return b"".join(
        patch(relative(one.path or os.path.join(homes[one.app].ebin, f"{one.app}.appup")), one.old or b"", one.new)
        for one in files
    )


def make_folder(path: str) -> Diagnostic | None:
    """Make the folder of a file, if there is none; None, or why that fails."""
    folder = os.path.dirname(path) or "."
    try:
        os.makedirs(folder, exist_ok=True)
    except FileExistsError:
        return R116.at(None, "a file stands where its folder is to be", path=path, help="name another folder")
    except OSError as error:
        return R116.at(None, os.strerror(error.errno or 0).lower(), path=path, help="name a folder that can be written")
    return None
