"""The merged instructions -> the same, every one well formed, and the hand-written ones in balance.

Counterpart: `systools_rc:check_syntax/1`, `normalize_instrs/1`, `check_load/2`,
`check_suspend_resume/1`, `check_start_stop/1`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from relupc.model.codes import A101, A107
from relupc.model.diagnostic import Problems
from relupc.model.instruction import IMPROPER, faults, modules, name_of
from relupc.model.layout import flat
from relupc.model.otp import otp_note, otp_says
from relupc.model.plan import Draft, Step
from relupc.model.term import Atom, List, Term, Tuple, tup
from relupc.model.value import replace

if TYPE_CHECKING:
    from relupc.plan.written import Repair

# An instruction, the one that must go with it, and what systools_rc calls the lack of that.
PAIRS = (
    ("suspend", "resume", "suspended_not_resumed"),
    ("resume", "suspend", "resumed_not_suspended"),
    ("start", "stop", "start_not_stop"),
    ("stop", "start", "stop_not_start"),
)
DYNAMIC, DEFAULT, NO_DEPS = Atom("dynamic"), Atom("default"), List(())
PAIRED = frozenset(name for name, *_ in PAIRS)


def verify(draft: Draft, problems: Problems) -> Draft:
    """Check the form of all instructions, bring updates to their longest form, then check the balance."""
    good = True
    for step in (*draft.before, *draft.after):
        if not faults(step.instruction):
            continue
        from relupc.plan.repair import repairs  # noqa: PLC0415 - most instructions are right

        for (fault, part), repair in repairs(step.instruction):
            _bad_form(step, fault, part, repair, draft, problems)
            good = False
            if problems.enough(A101):
                return draft
    if not good:
        return draft
    _check_loads(draft, problems)
    if any(name_of(step.instruction) in PAIRED for step in draft.after):
        for pair in PAIRS:
            _check_pair(*pair, draft, problems)
    return replace(draft, after=tuple(map(normal_step, draft.after)))


def normal_step(step: Step) -> Step:
    """A step with its instruction in the normal form: the same one if that has this form already."""
    instruction = normal_form(step.instruction)
    return step if instruction is step.instruction else Step(instruction, step.because)


def normal_form(instruction: Term) -> Term:
    """`update` with all its parts; `add_module` and `delete_module` with their DepMods."""
    if isinstance(instruction, Tuple):
        items = instruction.items
        match name_of(instruction), len(items):
            case "update", 6:
                return Tuple((*items[:2], DYNAMIC, DEFAULT, *items[2:]), instruction.span)
            case "update", 7:
                return Tuple((*items[:2], DYNAMIC, *items[2:]), instruction.span)
            case "add_module" | "delete_module", 2:
                return Tuple((*items, NO_DEPS), instruction.span)
    return instruction


def _bad_form(step: Step, fault: str, part: Term, repair: Repair, draft: Draft, problems: Problems) -> None:
    from relupc.plan.wording import FAULT_LABELS  # noqa: PLC0415 - see above

    reason: Term = tup(fault, part)
    label = repair.label or FAULT_LABELS[fault].format(flat(part))
    if fault == IMPROPER:  # systools crashes inside its check
        reason = tup(fault, "$stack")
    problems.add(
        A101.at(
            repair.where.span or part.span or step.instruction.span,
            label,
            help=repair.help,
            notes=otp_note(reason),
            subject=draft.subject(draft.app_of(step)),
            otp=otp_says("systools_rc", reason),
            fix=repair.fix,
        )
    )


def _check_loads(draft: Draft, problems: Problems) -> None:
    known = {module.name for step in draft.before for module in _named(step, "load_object_code")}
    for step in draft.after:
        for module in _named(step, "load"):
            if module.name not in known:
                reason = tup("no_object_code", module)
                problems.add(
                    A107.at(
                        step.instruction.span,
                        f"no `load_object_code` reads `{flat(module)}`",
                        help=f"add `{flat(module)}` to a `load_object_code` of its application",
                        notes=otp_note(reason),
                        subject=draft.subject(draft.app_of(step), module.name),
                        otp=otp_says("systools_rc", reason),
                    )
                )


def _check_pair(name: str, other: str, fault: str, draft: Draft, problems: Problems) -> None:
    """Every module under `name` must be under `other` somewhere."""
    partners = {module.name for module in _all_named(draft.after, other)}
    alone = [module for module in _all_named(draft.after, name) if module.name not in partners]
    reason = tup(fault, List(tuple(alone)))
    notes, otp = otp_note(reason), otp_says("systools_rc", reason)
    for module in dict.fromkeys(alone):
        problems.add(
            A107.at(
                module.span,
                f"`{name}` of `{flat(module)}`, but no `{other}`",
                help=f"add `{{{other}, [{flat(module)}]}}`",
                notes=notes,
                subject=draft.subject(module=module.name),
                otp=otp,
            )
        )


def _all_named(steps: Iterable[Step], name: str) -> list[Atom]:
    return [module for step in steps for module in _named(step, name)]


def _named(step: Step, name: str) -> tuple[Atom, ...]:
    return modules(step.instruction) if name_of(step.instruction) == name else ()
