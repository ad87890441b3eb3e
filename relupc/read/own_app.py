"""An appup file -> what the .app or .app.src file beside it says of its application."""

from __future__ import annotations

import os
from collections.abc import Mapping

from relupc.model import disk
from relupc.model.lint import OwnApp
from relupc.model.source import Source
from relupc.model.term import Atom, List, Term, Tuple, as_list, as_string
from relupc.read.file import FROM_DISK, Unreadable, read_source
from relupc.read.text import read_first


def own_app(appup: str, name: str, otp: int, texts: Mapping[str, bytes] = FROM_DISK) -> OwnApp | None:
    """The application of an appup file, as the file beside it has it; None if there is none that can be read."""
    folder = os.path.dirname(appup)
    for file in (f"{name}.app", f"{name}.app.src"):
        path = os.path.join(folder, file)
        if disk.is_file(path):
            source = read_source(path, texts=texts)
            term = read_first(source, otp) if isinstance(source, Source) else source
            return None if isinstance(term, Unreadable) else _own(term, path)
    return None


def _own(term: Term, path: str) -> OwnApp | None:
    """What is sure: a version that is a string, modules if any are listed. A build fills in the rest of an .app.src."""
    match term:
        case Tuple((Atom("application"), Atom(name), List(keys))):
            pairs = {
                key.items[0]: key.items[1] for key in reversed(keys) if isinstance(key, Tuple) and len(key.items) == 2
            }
        case _:
            return None
    vsn, listed = pairs.get(Atom("vsn")), pairs.get(Atom("modules"))
    modules = tuple(m for m in as_list(listed) or () if isinstance(m, Atom)) if listed is not None else ()
    from_build = path.endswith(".app")
    text = as_string(vsn) if vsn is not None else None
    if text and not from_build:
        from relupc.read.template import is_version  # noqa: PLC0415 - a build has filled it in

        text = text if is_version(text) else None
    return OwnApp(
        name,
        text or None,
        modules if modules or from_build else None,
        path,
        vsn.span if vsn is not None else None,
    )
