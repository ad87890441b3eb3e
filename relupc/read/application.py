"""The folder of one application -> a release of that application alone, as far as one can tell without the others."""

from __future__ import annotations

import os

from relupc.model.build import Release
from relupc.model.codes import T003
from relupc.model.diagnostic import Problems
from relupc.read.app import AppFile
from relupc.read.file import Unreadable
from relupc.read.rel import Listed
from relupc.read.release import Library, app_of, bad_app_file, fits
from relupc.read.targets import app_file


def read_application(folder: str, library: Library, otp: int, problems: Problems) -> Release | None:
    """The application whose .app file is in `folder/ebin`; None if it cannot be read, which is reported."""
    path = app_file(folder)
    if path is None:
        advice = "name a folder that has an .app file in `ebin`"
        problems.add(T003.at(None, "no application in this folder", path=folder, help=advice))
        return None
    read = library.read(path, otp)
    if isinstance(read, Unreadable):
        problems.add(read.diagnostic)
        return None
    name = os.path.basename(path).removesuffix(".app")
    listed = Listed(name, read.text("vsn") if isinstance(read, AppFile) else "", "permanent", None, None)
    if isinstance(read, list):
        bad_app_file(listed, read, problems)
        return None
    if not fits(listed, read, problems):
        return None
    app = app_of(listed, read, os.path.dirname(path))
    return Release(name, app.vsn, "", path, (app,), (app,), read.span)
