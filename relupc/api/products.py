"""A build and its compiled modules -> what rules ask about the files of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from relupc.beam import fit_of
from relupc.model.beam import Beam, modules_in
from relupc.model.build import App, Release
from relupc.model.files import Files
from relupc.model.native import LOAD_NIF
from relupc.model.otp_modules import application_of
from relupc.model.product import BeamFile, NativeCode, Products
from relupc.model.program import Program
from relupc.model.term import Atom
from relupc.read.find import files_named
from relupc.read.natives import read_natives
from relupc.read.nif_source import nif_upgrades
from relupc.read.release import otp_of
from relupc.read.tree import names_in


def products_of(
    release: Release,
    program: Program,
    of_folder: Callable[[str], Sequence[Beam]],
    libraries: Sequence[str],
    files: Files,
) -> Products:
    """The files of a build. `of_folder` reads the modules of a folder, `libraries` are folders of other modules."""
    otp = otp_of(release.erts) if release.erts else None
    apps = {app.name: app for app in release.apps}
    beams = {name: _files(of_folder(app.directory), otp) for name, app in apps.items()}
    natives = {
        name: NativeCode(read_natives(folder, files), nif_upgrades(folder, files))
        for name, app in apps.items()
        if any(LOAD_NIF in beam.imports for beam in of_folder(app.directory))
        and (folder := os.path.dirname(app.directory))
    }
    consolidated = os.path.join(os.path.dirname(release.path), "consolidated") if release.erts else ""
    return Products(
        release,
        beams,
        {name: _missing(app, files) for name, app in apps.items() if beams[name]},
        natives,
        _files(of_folder(consolidated), otp) if consolidated else {},
        _elsewhere(program, libraries) if release.erts else {},
        otp,
    )


def _files(beams: Iterable[Beam], otp: int | None) -> dict[str, BeamFile]:
    return {
        beam.module: BeamFile(beam.path, beam.module, beam.md5, "Attr" in beam.chunks, fit_of(beam, otp))
        for beam in beams
    }


def _missing(app: App, files: Files) -> tuple[Atom, ...]:
    """The modules of an .app file that have no file."""
    names = set(names_in(app.directory, files))
    return tuple(module for module in app.modules if f"{module.name}.beam" not in names)


def _elsewhere(program: Program, libraries: Sequence[str]) -> dict[str, str]:
    """The modules that the code calls and the release does not have, if it is known who has them."""
    called = set[str]().union(*(modules_in(one.imports) for one in program.modules.values() if one.decoded))
    unknown = called - program.modules.keys()
    held = _held(libraries) if unknown else {}
    found = {name: application_of(name) or held.get(name) for name in sorted(unknown)}
    return {name: app for name, app in found.items() if app and app not in program.apps}


def _held(libraries: Sequence[str]) -> Mapping[str, str]:
    """Each module of some libraries, by the names of its files, and its application, by that of the folder."""
    found: dict[str, str] = {}
    for ebin in libraries:
        app = os.path.basename(os.path.dirname(ebin)).partition("-")[0]
        for name in files_named(ebin, ".beam") if app != "erts" else ():  # the emulator has those
            found.setdefault(name.removesuffix(".beam"), app)
    return found
