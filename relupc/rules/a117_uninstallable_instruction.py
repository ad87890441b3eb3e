"""A117 uninstallable-instruction: systools lets instructions pass that release_handler does not know."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A117
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.instruction import RESTART_NEW_EMULATOR
from relupc.model.lint import EntryPlan
from relupc.model.otp import otp_says
from relupc.model.term import as_atom, tup

ON = EntryPlan
UNKNOWN = ("restart", "reboot")


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    in_relup = not entry.appup.app  # in an appup systools moves restart_new_emulator to the front
    for number, step in enumerate(entry.steps):
        instruction, name = step.instruction, as_atom(step.instruction)
        misplaced = in_relup and number > 0 and instruction == RESTART_NEW_EMULATOR
        if name not in UNKNOWN and not misplaced:
            continue
        yield A117.at(
            instruction.span,
            f"`{name}` can only be the first instruction" if misplaced else f"no release_handler can run `{name}`",
            help="move it to the front" if misplaced else "write `restart_emulator`",
            notes=("the node says `illegal_instruction_after_point_of_no_return`, and keeps the old release",),
            subject=entry.subject(),
            otp=otp_says("release_handler", tup("illegal_instruction_after_point_of_no_return", instruction)),
            fix=None
            if misplaced
            else Fix("write `restart_emulator`", replaced(instruction, "restart_emulator"), safe=False),
        )
