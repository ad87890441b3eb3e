"""Applications with their compiled modules -> programs, and what rules about code look at."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache

from relupc.analyse import declaring, module_of, program_of
from relupc.analyse.windows import windows_of
from relupc.api.differences import diffs_of, touched
from relupc.api.found import Found
from relupc.api.products import products_of
from relupc.beam import Known, check_code, names_of, open_code, read_beam, read_bytes, records, tags_of
from relupc.model import disk
from relupc.model.beam import Beam, OpenCode
from relupc.model.build import App, Release
from relupc.model.changes import LOADS, ends_in_restart
from relupc.model.code import Module
from relupc.model.diagnostic import Diagnostic
from relupc.model.files import Files
from relupc.model.instruction import SOFT_PURGE, name_of, purges
from relupc.model.instruction import modules as modules_of
from relupc.model.lazy import Later
from relupc.model.lint import Packaged, Upgrade
from relupc.model.program import Diff, EntryCode, ModuleCode, Program, TreeCode, UpgradeCode
from relupc.model.source import Source
from relupc.model.term import Atom, Tuple, as_string
from relupc.model.value import dataclass, field, replace
from relupc.model.window import Window
from relupc.read.find import files_named
from relupc.read.module_source import module_source
from relupc.read.tree import ON_DISK

SOFT = Atom("soft")


@dataclass(slots=True)
class Beams:
    """The compiled modules of some folders, each folder and each module read once.

    `libraries` are folders of modules that no release has; `unread` are the modules of files that cannot be read.
    """

    found: Found
    files: Files = ON_DISK
    libraries: Sequence[str] = ()
    folders: dict[str, tuple[Beam, ...]] = field(default_factory=dict)
    known: dict[str, tuple[bytes, Beam]] = field(default_factory=dict)
    twins: dict[str, Beam] = field(default_factory=dict)
    modules: dict[tuple[str, bool], Module] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    definitions: Known = field(default_factory=dict)

    def of(self, app: App) -> tuple[Beam, ...]:
        """The compiled modules of an application, but for those that cannot be read in one of the builds read so far.

        What is not known of the one build is no change, and no lack, of the other.
        """
        found = self.folder(app.directory)
        return tuple(beam for beam in found if beam.module not in self.unread) if self.unread else found

    def folder(self, ebin: str) -> tuple[Beam, ...]:
        """The compiled modules in a folder."""
        if ebin not in self.folders:
            self.folders[ebin] = tuple(self._read(ebin))
        return self.folders[ebin]

    def _read(self, ebin: str) -> Iterable[Beam]:
        for name in files_named(ebin, ".beam", self.files):
            path = os.path.join(ebin, name)
            held = self.files.texts.get(disk.real(path)) if self.files.texts else None
            data = read_bytes(path) if held is None else held
            beam = data if isinstance(data, Diagnostic) else self._beam(name, path, data)
            if isinstance(beam, Diagnostic):
                self.found.problems.add(beam)
                self.unread.add(name.removesuffix(".beam"))
            else:
                self.found.files.append(path)
                yield beam

    def _beam(self, name: str, path: str, data: bytes) -> Beam | Diagnostic:
        """A module; one of the same bytes was most likely read in another build."""
        if name in self.known and self.known[name][0] == data:
            self.twins[path] = self.known[name][1]
            return replace(self.known[name][1], path=path)
        beam = read_beam(path, data)
        if isinstance(beam, Beam):
            self.known[name] = data, beam
        return beam

    def module(self, beam: Beam, app: str, *, decoded: bool) -> Module:
        """A module; with `decoded` its code is looked at."""
        key = (beam.path, decoded)
        if key not in self.modules:
            self.modules[key] = self._module(beam, app, decoded)
        return self.modules[key]

    def _module(self, beam: Beam, app: str, decoded: bool) -> Module:
        fault = check_code(beam) if decoded else None
        if fault:
            self.found.problems.add(fault)
        if fault or not decoded:
            return module_of(beam, None, app)
        if twin := self.modules.get((self.twins[beam.path].path, True)) if beam.path in self.twins else None:
            return replace(twin, app=app, path=beam.path, source=self._source(beam, twin))
        module = module_of(beam, lambda: self._opened(beam), app)
        found = cache(lambda: records(beam, self.definitions))
        return replace(
            module,
            records=Later(lambda: {name: record.fields for name, record in found().items()}),
            headers=Later(lambda: {name: record.file for name, record in found().items()}),
            names=cache(lambda: names_of(beam)),
            tags=cache(lambda: tags_of(beam)),
            source=self._source(beam, module),
        )

    def _source(self, beam: Beam, module: Module) -> Callable[[], Source | None]:
        return cache(lambda: module_source(beam.path, _compiled_from(beam, module), self.files))

    def _opened(self, beam: Beam) -> OpenCode | None:
        code = open_code(beam)
        if isinstance(code, OpenCode):
            return code
        self.found.problems.add(code)
        return None


def compiled_from(beams: Iterable[Beam]) -> str | None:
    """The path of a source that the compiler noted in one of these modules."""
    return next((path for beam in beams if (path := _noted(beam))), None)


def _noted(beam: Beam) -> str | None:
    return next((as_string(value) for name, value in beam.compile_info if name == "source"), None)


def _compiled_from(beam: Beam, module: Module) -> str | None:
    """The path of the source as the compiler noted it: for the module, else with its lines."""
    places = (function.place.file for function in module.functions.values() if function.place)
    return _noted(beam) or next(places, None)


def program(release: Release, decode: Collection[str], otp: int, beams: Beams) -> Program:
    """The code of a release; that of the applications in `decode` is looked at."""
    known = {app.name: app for app in release.apps}
    inside = [(beam, app) for app in known.values() for beam in beams.of(app)]
    told = beams.found.progress.each(inside, "reading", "modules")
    modules = (_started(beams.module(beam, app.name, decoded=app.name in decode), beam, app) for beam, app in told)
    found = program_of(modules, {name: app.vsn for name, app in known.items()}, otp)
    return replace(found, products=products_of(release, found, beams.folder, beams.libraries, beams.files))


def _started(module: Module, beam: Beam, app: App) -> Module:
    """A module as it is; without its attributes it declares to be an application if `app` is started with it."""
    named = isinstance(app.mod, Tuple) and app.mod.items[:1] == (Atom(module.name),)
    return declaring(module, ("application",)) if named and "Attr" not in beam.chunks else module


def add_code(release: Release, otp: int, left_out: Collection[str], beams: Beams) -> None:
    """Add what rules look at in the code of one build: its modules, and the entries of its appups beside them."""
    looked_at = {app.name for app in release.apps} - set(left_out)
    whole, found = program(release, looked_at, otp, beams), beams.found
    if not whole.modules:
        return
    found.values.append(whole.products)
    found.values += [ModuleCode(m, whole) for m in whole.modules.values() if m.decoded]
    found.values += _trees(whole, None)
    found.values += [EntryCode(entry, own.app, whole, None) for own in _packaged(found) for entry in own.entries]


def _trees(whole: Program, loaded: frozenset[str] | None, updated: frozenset[str] = frozenset()) -> list[TreeCode]:
    names = sorted({*whole.supervisors, *whole.roots, *whole.outside})
    return [TreeCode(ModuleCode(whole.modules[name], whole), loaded, updated) for name in names]


def _packaged(found: Found) -> list[Packaged]:
    return [value for value in found.values if isinstance(value, Packaged)]


def add_upgrades(compared: Sequence[Upgrade], otp: int, beams: Beams) -> None:
    """Add what rules look at in the code of two builds, for each way between two of them."""
    found = beams.found
    programs: dict[tuple[str, ...], Program] = {}
    pairs: dict[tuple[int, int], tuple[Program, Program, dict[str, Diff]]] = {}  # both ways are between the same builds
    for upgrade in compared:
        pair = id(upgrade.base), id(upgrade.top)
        if pair not in pairs:
            pairs[pair] = _pair(upgrade, otp, beams, programs)
        old, new, diffs = pairs[pair]
        if not old.modules or not new.modules:
            continue
        entries = entries_of(upgrade, old, new, found)
        found.values += [
            UpgradeCode(upgrade, old, new, diffs, entries, windows_between(upgrade, entries.values(), old, new))
        ]
        found.values += [new.products] if new.products not in found.values else []
        found.values += entries.values()
        loaded = _loaded(upgrade)
        modules = (module for module in new.modules.values() if module.decoded and module.name in loaded)
        found.values += [ModuleCode(module, new, loaded[module.name]) for module in modules]
        found.values += _trees(new, frozenset(loaded), _updated(upgrade))


def _pair(
    upgrade: Upgrade, otp: int, beams: Beams, programs: dict[tuple[str, ...], Program]
) -> tuple[Program, Program, dict[str, Diff]]:
    """Two builds, and what differs between them."""
    base, top = upgrade.base, upgrade.top
    decode = touched(base, top, upgrade.left_out, beams.of)
    old, new = (_program(release, decode, otp, beams, programs) for release in (base, top))
    return old, new, diffs_of(base, top, (old.of_app, new.of_app), upgrade.left_out, beams.of)


def _program(
    release: Release, decode: frozenset[str], otp: int, beams: Beams, programs: dict[tuple[str, ...], Program]
) -> Program:
    key = (release.path, release.vsn, *sorted(decode))
    if key not in programs:
        programs[key] = program(release, decode, otp, beams)
    return programs[key]


def entries_of(upgrade: Upgrade, old: Program, new: Program, found: Found) -> dict[str, EntryCode]:
    """The entries with which this way is planned, by application."""
    keys = {script.because for script in upgrade.scripts if not isinstance(script.because, str)}
    return {
        own.app.name: EntryCode(entry, own.app, new, old)
        for own in _packaged(found)
        for entry in own.entries
        if entry.direction == upgrade.direction and entry.entry.key.span in keys
    }


def windows_between(upgrade: Upgrade, entries: Iterable[EntryCode], old: Program, new: Program) -> tuple[Window, ...]:
    """The windows of the whole plan; where there is none, of the plan of each entry."""
    pre, post = (old, new) if upgrade.direction == "up" else (new, old)
    if ends_in_restart(upgrade):
        return ()
    plans = [upgrade.plan.steps] if upgrade.plan else [code.entry.plan or () for code in entries]
    return tuple(window for steps in plans for window in windows_of(steps, pre, post))


def _loaded(upgrade: Upgrade) -> dict[str, bool]:
    """The modules that an upgrade loads, by its instructions, and whether the post-purge of each is `soft_purge`."""
    steps = (step.instruction for script in upgrade.scripts for step in script.steps)
    loads = (step for step in steps if name_of(step) in LOADS)
    return {module.name: purges(step)[1:] == (SOFT_PURGE,) for step in loads for module in modules_of(step)}


def _updated(upgrade: Upgrade) -> frozenset[str]:
    """The modules whose processes an upgrade has convert their state, by its instructions."""
    steps = (step.instruction for script in upgrade.scripts for step in script.steps)
    updates = (one for one in steps if isinstance(one, Tuple) and name_of(one) == "update" and len(one.items) > 4)
    return frozenset(module.name for one in updates if one.items[4] != SOFT for module in modules_of(one))
