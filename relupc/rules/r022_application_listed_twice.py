"""R022 application-listed-twice: OTP accepts it if the application has no modules, and adds or removes it twice."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.build import App
from relupc.model.codes import R022
from relupc.model.diagnostic import Diagnostic, Label, Subject
from relupc.model.lint import ReleaseFolder
from relupc.model.spelling import spell_atom

ON = ReleaseFolder


def check(folder: ReleaseFolder) -> Iterator[Diagnostic]:
    seen: dict[str, App] = {}
    for app in folder.release.apps:
        first = seen.setdefault(app.name, app)
        if first is not app:
            versions = app.vsn if first.vsn == app.vsn else f"{first.vsn} and {app.vsn}"
            yield R022.at(
                app.listed,
                f"{spell_atom(app.name)} is listed twice, as {versions}",
                path=None if app.listed else folder.release.path,
                labels=(Label(first.listed, "the first time"),) if first.listed else (),
                help="delete one of the two",
                notes=("OTP accepts it where no module or name would be there twice, and adds or removes it twice",),
                subject=Subject(app.name, new=folder.release.vsn),
            )
