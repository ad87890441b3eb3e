"""D101 removed-export-still-called: the new build calls a function that only the old build has."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from relupc.model.beam import FA, MFA, Place
from relupc.model.calls import callers, lost, severity
from relupc.model.changes import REMOVALS, about
from relupc.model.code import Module
from relupc.model.codes import D101
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.model.program import UpgradeCode, code_finding, spelled_function
from relupc.model.spelling import function_name, module_name, spell_atom

ON = UpgradeCode


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    whole, deleted = {} if code.direction == "down" else lost(code.old, code.new), about(code.upgrade, REMOVALS)
    gone = {name: functions for name, functions in whole.items() if not _is_said_elsewhere(code, name, deleted)}
    for module in code.new.importing(gone):
        if module.app not in code.upgrade.left_out:
            near = (called for called in module.imports if called.module in gone)
            for called in sorted(called for called in near if called.local in gone[called.module]):
                for function, place in callers(module, called):
                    yield _still(code, module, called, function, place)


def _is_said_elsewhere(code: UpgradeCode, gone: str, deleted: Collection[str]) -> bool:
    """Whether A304 or R007 is about a module: an instruction deletes it, or all of its application goes away."""
    return gone not in code.new.modules and (gone in deleted or code.old.modules[gone].app not in code.new.apps)


def _still(code: UpgradeCode, module: Module, called: MFA, function: FA | None, place: Place | None) -> Diagnostic:
    app, top = code.old.modules[called.module].app, code.upgrade.top
    owner = f"{spell_atom(app)} {code.new.apps[app]}" if app in code.new.apps else f"{top.name} {top.vsn}"
    caller = "this" if place else f"`{module_name(module.name)}`"
    return code_finding(
        module,
        D101,
        place,
        f"{caller} calls `{function_name(*called)}`, which {owner} no longer has",
        help=f"keep `{called.name}/{called.arity}` for one more version, or change the call",
        notes=("after the upgrade the call ends in `undef`",),
        severity=severity(module, function),
        subject=Subject(app, called.module, spelled_function(called.local), "up", code.upgrade.base.vsn, top.vsn),
    )
