"""A built application -> the folder of its sources, where its .appup.src belongs."""

from __future__ import annotations

import os

from relupc.model import disk


def source_folder(name: str, ebin: str, compiled_from: str | None) -> str | None:
    """The folder with the NAME.app.src of an application; None if it is not below the working folder.

    `compiled_from` is the path of a source that the compiler noted in one of the modules in `ebin`. Without it, what
    lies beside `ebin` counts, but in a release: that has a copy of the sources at most.
    """
    candidates = [_with_sources(name, os.path.dirname(compiled_from))] if compiled_from else []
    top = disk.real(os.path.join(ebin, os.pardir))
    if os.path.basename(top) == name:
        candidates.append(_with_sources(name, os.path.join(top, "src")))
    return next((os.path.relpath(found) for found in candidates if found and _is_below_here(found)), None)


def _with_sources(name: str, folder: str) -> str | None:
    """This folder, or the one above it: sources may lie in folders of their own."""
    if "\0" in folder or not os.path.isabs(folder):
        return None
    above = (folder, os.path.dirname(folder))
    return next((disk.real(one) for one in above if disk.is_file(os.path.join(one, f"{name}.app.src"))), None)


def _is_below_here(folder: str) -> bool:
    here = disk.real(os.curdir)
    return os.path.join(folder, "").startswith(os.path.join(here, ""))
