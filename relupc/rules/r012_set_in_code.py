"""R012 runtime-config-lost: what code sets when it starts is what sys.config says again after an upgrade."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import R012
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.model.settings import only_at_start, sets
from relupc.model.spelling import spell_atom

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    found = [setting for setting in sets(code.module) if setting.app in code.program.apps and setting.key]
    early = only_at_start(code.module) if found else frozenset()
    for setting in found:
        if setting.function in early:
            yield code.finding(
                R012,
                setting.function,
                setting.call.place,
                f"`{setting.key}` of {spell_atom(setting.app)} is set here, and an upgrade does not run this again",
                help="put it into sys.config, or set it by an `apply` of the appup, too",
                notes=("install_release sets all configuration anew from sys.config and the .app files",),
                severity="note",  # the value may not be needed any more
            )
