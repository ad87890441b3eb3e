"""The merged instructions -> the same, every one well formed, and the hand-written ones in balance.

Counterpart: `systools_rc:check_syntax/1`, `normalize_instrs/1`, `check_load/2`,
`check_suspend_resume/1`, `check_start_stop/1`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from relupc.model.codes import A101, A107
from relupc.model.diagnostic import Problems
from relupc.model.instruction import IMPROPER, faults, modules, name_of
from relupc.model.layout import flat
from relupc.model.otp import otp_note, otp_says
from relupc.model.plan import Draft, Step, by_name, new_step
from relupc.model.term import Atom, List, Term, Tuple, new_tuple, tup
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
SHORT = frozenset(("update", "add_module", "delete_module"))  # what has a short form among the full ones
_Kind: TypeAlias = "tuple[str, Iterable[Step]]"


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
    kinds = by_name(draft.after)
    _check_loads(kinds.get("load", ()), draft, problems)
    for name, other, fault in PAIRS:
        if name in kinds:
            _check_pair((name, kinds[name]), (other, kinds.get(other, ())), fault, draft, problems)
    return replace(draft, after=tuple([normal_step(step) for step in draft.after]))


def normal_step(step: Step) -> Step:
    """A step with its instruction in the normal form: the same one if that has this form already."""
    instruction = normal_form(step.instruction)
    return step if instruction is step.instruction else new_step(instruction, step.because)


def normal_form(instruction: Term) -> Term:
    """`update` with all its parts; `add_module` and `delete_module` with their DepMods."""
    name = name_of(instruction)
    if not isinstance(instruction, Tuple) or name not in SHORT:
        return instruction
    items = instruction.items
    if name == "update" and len(items) < 8:
        longer = (DYNAMIC, DEFAULT) if len(items) == 6 else (DYNAMIC,)
        return new_tuple((*items[:2], *longer, *items[2:]), instruction.span)
    return new_tuple((*items, NO_DEPS), instruction.span) if len(items) == 2 else instruction


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


def _check_loads(loads: Iterable[Step], draft: Draft, problems: Problems) -> None:
    codes = by_name(draft.before).get("load_object_code", ())
    known = {module.name for module in _modules(codes)}
    for step in loads:
        for module in modules(step.instruction):
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


def _check_pair(one: _Kind, two: _Kind, fault: str, draft: Draft, problems: Problems) -> None:
    """Every module under the one name must be under the other somewhere."""
    (name, steps), (other, others) = one, two
    partners = {module.name for module in _modules(others)}
    alone = [module for module in _modules(steps) if module.name not in partners]
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


def _modules(steps: Iterable[Step]) -> list[Atom]:
    return [module for step in steps for module in modules(step.instruction)]
