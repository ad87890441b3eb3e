"""An .appup.src and the .appup that a build has made of it -> where the two differ (T006)."""

from __future__ import annotations

import os
from collections.abc import Mapping

from relupc.model import disk
from relupc.model.codes import T006
from relupc.model.diagnostic import Diagnostic, Label, Subject
from relupc.model.source import Source
from relupc.model.term import List, Term, Tuple, as_string, is_known
from relupc.read.file import FROM_DISK, Unreadable, read_source
from relupc.read.own_app import own_app
from relupc.read.script import Script, read_script
from relupc.read.text import read_first


def built_differs(source: Source, name: str, otp: int, texts: Mapping[str, bytes] = FROM_DISK) -> list[Diagnostic]:
    """What `src/NAME.appup.src` has to say of `ebin/NAME.appup`: nothing if that is not there, or is the same.

    The version is that of the built application. A source that holds what relupc does not know is not compared.
    """
    folder = os.path.dirname(source.path)
    if os.path.basename(os.path.abspath(folder)) != "src":
        return []
    path = os.path.normpath(os.path.join(folder, "..", "ebin", f"{name}.appup"))
    written = read_source(path, texts=texts) if disk.is_file(path) else None
    built = read_first(written, otp) if isinstance(written, Source) else None
    if built is None or isinstance(built, Unreadable):
        return []
    own = own_app(path, name, otp, texts)
    vsn = (
        own.vsn if own and own.vsn else as_string(built.items[0]) if isinstance(built, Tuple) and built.items else None
    )
    script = read_script(source, otp, vsn)
    if not isinstance(script, Script) or not is_known(script.term) or script.term == built:
        return []
    ours, theirs = _difference(script.term, built)
    differs = T006.at(
        ours.span,
        f"{path} has something else here",
        labels=(Label(theirs.span, "this"),) if theirs.span else (),
        help="build again; if the built file is right, change the source",
        notes=("OTP reads the built file only",),
        subject=Subject(name),
    )
    return [differs]


def _difference(ours: Term, theirs: Term) -> tuple[Term, Term]:
    """The first parts that differ, as small as they are comparable."""
    while type(ours) is type(theirs) and isinstance(ours, Tuple | List) and isinstance(theirs, Tuple | List):
        pair = next((two for two in zip(ours.items, theirs.items, strict=False) if two[0] != two[1]), None)
        if pair is None:
            break
        same_size = len(ours.items) == len(theirs.items)
        ours, theirs = pair
        if not same_size:
            break
    return ours, theirs
