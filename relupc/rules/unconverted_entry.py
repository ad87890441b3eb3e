"""For D201 and D203: how it is said that an instruction has nothing convert a state."""

from __future__ import annotations

from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.handling import Handling, advanced, is_tool
from relupc.model.program import UpgradeCode
from relupc.model.state import Conversion
from relupc.rules.loaded import Loaded
from relupc.rules.unconverted_code import UNCHANGED, Said

ONLY = "OTP calls it for `{advanced, _}` only: else the new code meets the old state with the next message"


def at_instruction(upgrade: UpgradeCode, item: Loaded, said: Said, handling: Handling) -> Diagnostic:
    name = item.change.module
    state = (upgrade.post if upgrade.direction == "up" else upgrade.pre).states[name]
    function = f"{state.conversion.function.name}/{state.conversion.function.arity}"
    better = advanced(handling)
    edits = replaced(handling.instruction, better) if _mends(handling, state.conversion) else ()
    convert = "" if state.conversion.kind == "converting" else f", and convert it{said.advice}"
    asked = handling.converts is not None
    return said.code.at(
        handling.module.span,
        f"{said.label}, and " + ("the older module gives it back unchanged" if asked else "nothing here converts it"),
        path=item.entry.entry.appup.path if item.entry else None,
        help=f"write `{better}`{convert}",
        notes=(ONLY.replace("it", f"`{function}`", 1),) if not asked else (UNCHANGED,),
        subject=upgrade.upgrade.subject(item.diff.app, name),
        severity=said.severity,
        fix=Fix(f"write `{better}`", edits, safe=False) if edits else None,
    )


def _mends(handling: Handling, conversion: Conversion) -> bool:
    """Whether the better instruction is all that lacks: the function that it has called does convert."""
    return is_tool(handling) and conversion.kind == "converting"
