"""R007 removed-app-still-called: an application goes away, and code of the new release calls it."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.calls import callers, severity
from relupc.model.codes import R007
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.model.program import UpgradeCode, code_finding, spelled_function
from relupc.model.spelling import function_name, spell_atom

ON = UpgradeCode


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    gone = {
        name: module.app
        for name, module in code.old.modules.items()
        if module.app not in code.new.apps and name not in code.new.modules
    }
    if code.direction == "down" or not gone:
        return
    for module in code.new.modules.values():
        lost = [called for called in sorted(module.imports) if called.module in gone]
        for called in lost if module.app not in code.upgrade.left_out else ():
            for function, place in callers(module, called):
                app, name = spell_atom(gone[called.module]), function_name(*called)
                yield code_finding(
                    module,
                    R007,
                    place,
                    f"this calls `{name}`, but {code.upgrade.top.name} {code.upgrade.top.vsn} has no {app} any more",
                    help=f"leave {app} in the release, or take the call out",
                    notes=("after the upgrade the call ends in `undef`",),
                    severity=severity(module, function),
                    subject=Subject(
                        module.app,
                        module.name,
                        spelled_function(function),
                        "up",
                        code.upgrade.base.vsn,
                        code.upgrade.top.vsn,
                    ),
                )
