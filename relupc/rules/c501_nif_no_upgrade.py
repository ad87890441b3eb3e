"""C501 nif-no-upgrade: a library without an upgrade callback refuses the new version of its module."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C501
from relupc.model.diagnostic import Diagnostic, Severity
from relupc.model.native import loads_when_loaded
from relupc.model.program import EntryCode, Program
from relupc.model.reload import reloaded
from relupc.model.spelling import module_name

ON = EntryCode
NOTE = "OTP calls `upgrade` of the library, not `load`, while the old module is there: without one, nothing is loaded"
END = "that is after the point of no return: the node restarts"
WAYS: dict[bool | None, tuple[str, Severity, str]] = {
    True: ("its library has an upgrade callback, which runs now", "note", "check that it takes over what `load` made"),
    False: (
        "its library has no upgrade callback",
        "error",
        "give ERL_NIF_INIT an upgrade function",
    ),
    None: ("it loads a native library", "warning", "make sure that the library has an upgrade callback"),
}


def check(code: EntryCode) -> Iterator[Diagnostic]:
    for atom, module in reloaded(code):
        if not loads_when_loaded(module):
            continue
        known = _upgrades(code.post or code.new, module.app).get(module.name)
        label, severity, advice = WAYS[known]
        yield C501.at(
            atom.span,
            f"`{module_name(module.name)}` is loaded again, and {label}",
            path=code.entry.appup.path,
            help=advice if known else f"{advice}, or leave the module as it is and out of the appup",
            notes=(NOTE, END) if not known else (),
            subject=code.entry.subject(module.name),
            severity=severity,
        )


def _upgrades(program: Program, app: str) -> dict[str, bool]:
    """What the C source says of modules, if it is there."""
    native = program.products.natives.get(app) if program.products else None
    return dict(native.upgrades) if native else {}
