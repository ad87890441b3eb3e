"""Restarts of the emulator -> where they can work: the new emulator first, the restart last.

Counterpart: `systools_rc:sort_emulator_restart/2`, and in systools_relup the way to deal with a
base whose sasl is older than 2.2 (OTP R15).
"""

from __future__ import annotations

from relupc.model.codes import R114
from relupc.model.diagnostic import Problems
from relupc.model.instruction import RESTART_EMULATOR, RESTART_NEW_EMULATOR
from relupc.model.otp import otp_says
from relupc.model.plan import Draft, Step
from relupc.model.term import Atom, Term
from relupc.model.value import replace

FIRST_SASL_WITH_RESTART_FIRST = "2.2"


def restart(draft: Draft, problems: Problems) -> Draft:
    """Keep one of each restart; going down, a restart of the emulator at the end stands for both."""
    before, after = list(draft.before), list(draft.after)
    new = _take(after, RESTART_NEW_EMULATOR)
    if new and draft.direction == "up":
        before.insert(0, _joined(RESTART_NEW_EMULATOR, new))
    elif new:
        after.append(_joined(RESTART_EMULATOR, new))
    last = _take(after, RESTART_EMULATOR)
    if last:
        after.append(_joined(RESTART_EMULATOR, last))
    if draft.direction == "up" and new and _has_old_sasl(draft, problems):
        _take(after, RESTART_EMULATOR)
        after.append(before.pop(0))
    return replace(draft, before=tuple(before), after=tuple(after))


def _take(steps: list[Step], instruction: Term) -> list[Step]:
    """Take all such instructions out of the list."""
    taken = [step for step in steps if step.instruction == instruction]
    if taken:
        steps[:] = [step for step in steps if step.instruction != instruction]
    return taken


def _joined(instruction: Term, steps: list[Step]) -> Step:
    return Step(instruction, tuple(dict.fromkeys(cause for step in steps for cause in step.because)))


def _has_old_sasl(draft: Draft, problems: Problems) -> bool:
    sasl = draft.base.app("sasl")
    # systools compares the versions as texts, so that "10.2" is older than "2.2".
    if sasl is None or sasl.vsn >= FIRST_SASL_WITH_RESTART_FIRST:
        return False
    problems.add(
        R114.at(
            sasl.span,
            f"sasl {sasl.vsn} counts as older than 2.2, so the new emulator is started at the end",
            path=draft.base.path,
            help="check the sasl version of the old release; no release handler of today installs such a relup",
            subject=draft.subject("sasl"),
            otp=otp_says("systools_relup", Atom("pre_R15_emulator_upgrade")),
        )
    )
    return True
