"""For D201 and D203: how it is said that a function does not convert a state."""

from __future__ import annotations

from relupc.model.diagnostic import Code, Diagnostic, Severity, Subject
from relupc.model.program import Program, UpgradeCode, code_finding
from relupc.model.spelling import module_name
from relupc.model.state import Conversion
from relupc.model.value import NamedTuple
from relupc.rules.loaded import Loaded

UNCHANGED = "OTP calls it, and the process goes on with the state as it was"


class Said(NamedTuple):
    """The code, and what differs, in words: in this direction, and from the older build to the newer one.

    `advice` is how to convert it.
    """

    code: Code
    label: str
    upward: str
    advice: str
    severity: Severity | None = None


def at_code(upgrade: UpgradeCode, item: Loaded, said: Said, program: Program, conversion: Conversion) -> Diagnostic:
    name, module = item.change.module, program.modules[item.change.module]
    function = f"{conversion.function.name}/{conversion.function.arity}"
    lacks = conversion.kind == "missing"
    both = upgrade.upgrade.both_ways(item.diff.app)
    return code_finding(
        module,
        said.code,
        conversion.place or program.states[name].place,
        f"{said.upward}, and " + (f"there is no `{function}`" if lacks else f"`{function}` gives it back unchanged"),
        help=f"convert it{said.advice}",
        notes=(UNCHANGED,) if not lacks else (),
        subject=Subject(both.app, name, function, None, both.old, both.new),
        severity=said.severity,
    )


def named(what: str, module: str) -> str:
    """What differs, of which module."""
    return f"{what} of `{module_name(module)}`"
