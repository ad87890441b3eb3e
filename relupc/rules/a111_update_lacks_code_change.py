"""A111 update-lacks-code-change: `{advanced, _}` calls a function that the module does not have."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.code import Module
from relupc.model.codes import A111
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.handling import asks, handlings, is_tool, only_loaded
from relupc.model.program import EntryCode
from relupc.model.spelling import module_name
from relupc.model.state import CONVERTERS, OPTIONAL, kinds_of

ON = EntryCode
FAILS = "OTP ends the upgrade with `code_change_failed`, and the node restarts"
UNKNOWN = (
    "which behaviour it has is not known; a process without the callback ends the upgrade with `code_change_failed`"
)


def check(code: EntryCode) -> Iterator[Diagnostic]:
    for handling in handlings(code.entry).values():
        program = asks(code, handling)
        module = program.modules.get(handling.module.name) if program else None
        if program is None or module is None or not (lacks := lacking(module)):
            continue
        load = only_loaded(handling)
        edits = replaced(handling.instruction, load) if is_tool(handling) else ()
        version = program.apps.get(module.app)
        known = bool(kinds_of(module))
        yield A111.at(
            handling.module.span,
            f"`{module_name(module.name)}`{f' of {version}' if version else ''} does not export `{lacks}`, "
            "which this instruction calls",
            path=code.entry.appup.path,
            help=f"write `{load}` if its state stays what it is, or export `{lacks}`",
            notes=(FAILS if known else UNKNOWN,),
            subject=code.entry.subject(module.name),
            severity=None if known else "note",
            fix=Fix(f"write `{load}`", edits, safe=False) if edits else None,
        )


def lacking(module: Module) -> str | None:
    """The function that converts the processes of a module, if it is not there. C301 looks at special processes."""
    kinds = kinds_of(module)
    wanted = [CONVERTERS[kind] for kind in kinds if kind in CONVERTERS] or sorted(set(CONVERTERS.values()))
    if {"supervisor", "special", *OPTIONAL} & set(kinds) or module.exports & set(wanted):
        return None
    return f"{wanted[0].name}/{wanted[0].arity}"
