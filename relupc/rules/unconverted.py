"""For D201 and D203: a state that differs, and what the upgrade does to it -> what to say, if nothing converts it."""

from __future__ import annotations

from relupc.model.diagnostic import Diagnostic
from relupc.model.handling import asks, is_converted_up
from relupc.model.program import UpgradeCode
from relupc.rules.loaded import Loaded
from relupc.rules.unconverted_code import Said, at_code
from relupc.rules.unconverted_entry import at_instruction


def unconverted(upgrade: UpgradeCode, item: Loaded, said: Said) -> Diagnostic | None:
    """A diagnostic at the instruction that leaves the state alone, or at the function that gives it back unchanged."""
    handling, entry = item.handling, item.entry
    if handling is None or entry is None:
        conversion = upgrade.new.states[item.change.module].conversion
        helpless = conversion.kind in ("identity", "missing")
        return at_code(upgrade, item, said, upgrade.new, conversion) if helpless else None
    program = asks(entry, handling)
    if handling.converts is None and is_converted_up(entry.entry, item.change.module):
        return None
    if program is None:
        return at_instruction(upgrade, item, said, handling)
    state = program.states.get(item.change.module)
    if state is None or state.conversion.kind != "identity":
        return None
    if program is upgrade.new and state.conversion.place:
        return at_code(upgrade, item, said, program, state.conversion)
    return at_instruction(upgrade, item, said, handling)
