"""Two builds of an application -> what changed, module by module."""

from __future__ import annotations

from collections.abc import Iterable

from relupc.model.beam import Beam
from relupc.model.program import Change, Diff


def diff_app(app: str, old: Iterable[Beam], new: Iterable[Beam]) -> Diff:
    """Compare the modules of two versions of an application, by name in the order of names.

    A module changed if the MD5 of its code differs, as `beam_lib:md5/1` gives it: lines, debug information and
    attributes are no code.
    """
    before, after = ({beam.module: beam for beam in beams} for beams in (old, new))
    names = sorted({*before, *after})
    return Diff(app, tuple(_change(name, before.get(name), after.get(name)) for name in names))


def _change(name: str, old: Beam | None, new: Beam | None) -> Change:
    if old is None or new is None:
        return Change(name, "added" if new else "removed")
    return Change(name, "same" if old.md5 == new.md5 else "changed")
