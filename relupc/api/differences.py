"""Two releases with their compiled modules -> which applications differ, and how."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Set

from relupc.beam import record_fields, records
from relupc.beam.alike import same_but_lines
from relupc.compare import diff_app
from relupc.model.beam import FA, Beam
from relupc.model.build import App, Release
from relupc.model.code import Module
from relupc.model.program import Diff

BeamsOf = Callable[[App], tuple[Beam, ...]]
ModulesOf = Callable[[str], Mapping[str, Module]]
_Lost = Mapping[str, frozenset[FA]]


def diffs_of(
    base: Release,
    top: Release,
    modules: tuple[ModulesOf, ModulesOf],
    left_out: Collection[str],
    of: BeamsOf,
    *,
    empty: bool = False,
) -> dict[str, Diff]:
    """What changed in each application, by its name; first those of the new release, in its order.

    `modules` give those of an application, in the old build and in the new one. Where there are none in both, it is
    passed over; with `empty` only if it has one version, too.
    """
    old, new = _named(base), _named(top)
    found = {}
    for name in dict.fromkeys((*new, *old)):
        pair = old.get(name), new.get(name)
        before, after = (of_app(name) for of_app in modules)
        versions = pair[0].vsn if pair[0] else None, pair[1].vsn if pair[1] else None
        if name not in left_out and (before or after or (empty and versions[0] != versions[1])):
            files = _files(pair[0], of), _files(pair[1], of)
            found[name] = diff_app(name, versions, before, after, files, same_but_lines)
    return found


def touched(base: Release, top: Release, left_out: Collection[str], of: BeamsOf) -> frozenset[str]:
    """The applications in which anything is not the same in both builds, or that may mind what is not.

    These name functions that went away, or records of headers that have other fields now.
    """
    old, new = _named(base), _named(top)
    sums = [{name: {beam.module: beam.md5 for beam in of(app)} for name, app in apps.items()} for apps in (old, new)]
    changed = {
        name
        for name in {*old, *new} - {*left_out}
        if name not in old or name not in new or old[name].vsn != new[name].vsn or sums[0][name] != sums[1][name]
    }
    others = [app for apps in (old, new) for name, app in apps.items() if name not in changed and name not in left_out]
    if not others:
        return frozenset(changed)
    lost, tags = dict(_lost(old, new, of)), frozenset(_reshaped(old, new, of, changed))
    names = {
        app.name
        for app in others
        if (lost or tags) and any(_names(beam, lost) or not tags.isdisjoint(beam.atoms) for beam in of(app))
    }
    return frozenset(changed | names)


def _named(release: Release) -> dict[str, App]:
    return {app.name: app for app in release.apps}


def _files(app: App | None, of: BeamsOf) -> dict[str, Beam]:
    return {beam.module: beam for beam in of(app)} if app else {}


def _lost(old: Mapping[str, App], new: Mapping[str, App], of: BeamsOf) -> Iterator[tuple[str, frozenset[FA]]]:
    """The functions of each module that only the old build exports."""
    still = {beam.module: beam.exports for app in new.values() for beam in of(app)}
    for app in old.values():
        for beam in of(app):
            if gone := beam.exports - still.get(beam.module, frozenset()):
                yield beam.module, gone


def _reshaped(old: Mapping[str, App], new: Mapping[str, App], of: BeamsOf, changed: Set[str]) -> Iterator[str]:
    """The records that have another number of fields, but for those that only the module itself can know."""
    for name in sorted(changed & old.keys() & new.keys()):
        before = _files(old[name], of)
        for module, beam in _files(new[name], of).items():
            other = before.get(module)
            fields = record_fields(other) if other and other.md5 != beam.md5 else {}
            for record, (now, file) in records(beam).items() if fields else ():
                if file.endswith(".hrl") and len(fields.get(record, now)) != len(now):
                    yield record


def _names(beam: Beam, lost: _Lost) -> bool:
    """Whether a module calls one of these functions, or has its name and that of its module as atoms."""
    if any(called.local in lost.get(called.module, ()) for called in beam.imports):
        return True
    atoms = frozenset(beam.atoms)
    return any(name in atoms and any(fa.name in atoms for fa in lost[name]) for name in lost.keys() & atoms)
