"""The scripts of all applications -> one list before and one after the point of no return.

Counterpart: `systools_rc:merge_scripts/1`, `split_script/1`.
"""

from __future__ import annotations

from relupc.model.codes import A107
from relupc.model.diagnostic import Label, Problems
from relupc.model.instruction import POINT_OF_NO_RETURN, name_of
from relupc.model.layout import flat
from relupc.model.otp import otp_note, otp_says
from relupc.model.plan import Draft, Script, Step
from relupc.model.term import Atom, Tuple, tup
from relupc.model.value import replace

EARLY = ("load_object_code", "apply")


def merge(draft: Draft, problems: Problems) -> Draft:
    """Split every script at its point of no return and join the parts in the order of the scripts."""
    before: list[Step] = []
    after: list[Step] = []
    for script in draft.scripts:
        early, late = _split(script, draft, problems)
        before += early
        for step in late:
            (before if _is_early(step, "load_object_code") else after).append(step)
    return replace(draft, before=tuple(before), after=tuple(after))


def _split(script: Script, draft: Draft, problems: Problems) -> tuple[list[Step], list[Step]]:
    steps = list(script.steps)
    places = [n for n, step in enumerate(steps) if step.instruction == POINT_OF_NO_RETURN]
    if not places:
        return [], steps
    if len(places) > 1:
        _too_many(script, steps[places[0]], steps[places[1]], draft, problems)
    early = steps[: places[0]]
    for step in early:
        if not _is_early(step, *EARLY):
            _too_early(script, step, steps[places[0]], draft, problems)
    return early, [step for step in steps[places[0] + 1 :] if step.instruction != POINT_OF_NO_RETURN]


def _is_early(step: Step, *names: str) -> bool:
    instruction = step.instruction
    return isinstance(instruction, Tuple) and len(instruction.items) == 2 and name_of(instruction) in names


def _too_many(script: Script, first: Step, second: Step, draft: Draft, problems: Problems) -> None:
    otp = otp_says("systools_rc", Atom("too_many_point_of_no_return"))
    problems.add(
        A107.at(
            second.instruction.span,
            "a script has one `point_of_no_return` at most",
            labels=(Label(first.instruction.span, "the first one"),) if first.instruction.span else (),
            help="delete one of them",
            notes=otp_note(Atom("too_many_point_of_no_return")),
            subject=draft.subject(script.app),
            otp=otp,
        )
    )


def _too_early(script: Script, step: Step, point: Step, draft: Draft, problems: Problems) -> None:
    reason = tup("bad_op_before_point_of_no_return", step.instruction)
    problems.add(
        A107.at(
            step.instruction.span,
            f"`{name_of(step.instruction) or flat(step.instruction)}` cannot stand before `point_of_no_return`",
            labels=(Label(point.instruction.span, "the point of no return"),) if point.instruction.span else (),
            help="only `load_object_code` and `apply` may stand before it: move the instruction behind it",
            notes=otp_note(reason),
            subject=draft.subject(script.app),
            otp=otp_says("systools_rc", reason),
        )
    )
