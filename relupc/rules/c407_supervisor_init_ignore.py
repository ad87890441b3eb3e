"""C407 supervisor-init-ignore: an update of a supervisor whose `init/1` answers `ignore` changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C407
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for supervisor in code.program.supervisors.get(code.module.name, ())[:1]:
        if supervisor.ignores:
            yield code.finding(
                C407,
                supervisor.function,
                supervisor.place,
                "`init/1` may answer with `ignore`",
                help="make sure that it does not do so while its supervisor runs",
                notes=("an update runs `init/1` again: with `ignore`, flags and children stay what they were",),
            )
