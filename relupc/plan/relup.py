"""A relup -> what keeps release_handler from running it, or makes it run otherwise than it looks.

Counterpart: `release_handler_1:check_script/2` and `eval_script/5`, which find most of this only while they run.
"""

from __future__ import annotations

from collections import Counter

from relupc.model.codes import A007, A101, A107, A112
from relupc.model.diagnostic import Fix, Label, Problems
from relupc.model.edit import removed
from relupc.model.instruction import POINT_OF_NO_RETURN, RESTART_EMULATOR, argument, modules, name_of
from relupc.model.layout import flat
from relupc.model.lint import EntryPlan, RelupFile, spelled_version
from relupc.model.otp import otp_says
from relupc.model.plan import Step
from relupc.model.spelling import module_name, spell_atom
from relupc.model.term import Atom, List, Term, Tuple, string, tup
from relupc.model.value import replace
from relupc.plan.repair import repairs
from relupc.plan.wording import FAULT_LABELS

# What may not stand before the point of no return; A117 says where the others that start anew may not.
LATE = (
    "load",
    "remove",
    "purge",
    "suspend",
    "resume",
    "code_change",
    "stop",
    "start",
    "sync_nodes",
    "restart_emulator",
)
MAX_FIXES = 50  # of one kind, each of which searches a list
LOW_LEVEL = ("load_object_code", "point_of_no_return", "apply", "restart_new_emulator", *LATE)
# What stands in a relup for the instructions of appups.
INSTEAD = {
    "update": "write `suspend`, `load`, `code_change` and `resume` of its module",
    "load_module": "write `{{load, {{{0}, brutal_purge, brutal_purge}}}}`, and read it in a `load_object_code`",
    "add_module": "write `{{load, {{{0}, brutal_purge, brutal_purge}}}}`, and read it in a `load_object_code`",
    "delete_module": "write `{{remove, {{{0}, brutal_purge, brutal_purge}}}}` and `{{purge, [{0}]}}`",
    "add_application": "write `load` for each of its modules, then `{{apply, {{application, start, [{0}]}}}}`",
    "remove_application": "write `{{apply, {{application, stop, [{0}]}}}}`, then `remove` and `purge` of its modules",
    "restart_application": "write `{{apply, {{application, stop, [{0}]}}}}`, `load` of its modules, and a start",
}


def verify_relup(relup: RelupFile, problems: Problems) -> None:
    """Report what is wrong with the scripts of a relup."""
    _check_versions(relup, problems)
    for entry in relup.entries:
        point = next((n for n, step in enumerate(entry.steps) if step.instruction == POINT_OF_NO_RETURN), None)
        well_formed = [_check_form(entry, n, step, point, problems) for n, step in enumerate(entry.steps)]
        _check_point(entry, point, problems)
        _check_end(entry, point or 0, problems)
        if all(well_formed):
            _check_code(entry, problems)
            _check_pair("suspend", "resume", entry, problems)
            _check_pair("stop", "start", entry, problems)


def _check_versions(relup: RelupFile, problems: Problems) -> None:
    """Of two entries for one version release_handler takes the first."""
    first: dict[tuple[str, Term], Term] = {}
    again = 0
    for plan in relup.entries:
        key, whole = plan.entry.key, (plan.appup.up if plan.direction == "up" else plan.appup.down).term
        used = first.setdefault((plan.direction, key), key)
        if used is not key:
            again += 1
            edits = removed(whole, plan.entry.term) if whole and plan.entry.term and again <= MAX_FIXES else ()
            problems.add(
                A007.at(
                    key.span,
                    f"there is an entry for {spelled_version(key)} further up",
                    labels=(Label(used.span, "this one is used"),) if used.span else (),
                    help="delete it, or correct its version",
                    subject=plan.subject(),
                    fix=Fix("delete the entry", edits, safe=True) if edits else None,
                )
            )


def _check_form(entry: EntryPlan, number: int, step: Step, point: int | None, problems: Problems) -> bool:
    """Whether an instruction is one that a relup can have, in its right form."""
    name, instruction = name_of(step.instruction) or "", step.instruction
    late = point is None or number > point
    if name in INSTEAD:
        label, about = f"`{name}` is an instruction of appups, not of relups", argument(instruction)
        advice = INSTEAD[name].format(flat(about) if isinstance(about, Atom) else "Name")
        _bad_form(entry, instruction, instruction, (label, advice), late, problems)
        return False
    found = list(repairs(instruction, LOW_LEVEL))
    for (fault, part), repair in found:
        heard = late and fault in ("bad_instruction", "not_yet_implemented")
        words = repair.label or FAULT_LABELS[fault].format(flat(part)), repair.help
        # What release_handler takes as it is does something, so that to change it is not safe.
        fix = replace(repair.fix, safe=repair.fix.safe and heard) if repair.fix else None
        _bad_form(entry, instruction, repair.where, words, heard, problems, fix)
    return not found


def _bad_form(
    entry: EntryPlan,
    instruction: Term,
    part: Term,
    words: tuple[str, str],
    heard: bool,
    problems: Problems,
    fix: Fix | None = None,
) -> None:
    span = part.span or instruction.span or entry.entry.script.span
    notes = ("OTP says `illegal_instruction_after_point_of_no_return`",) if heard else ()
    illegal = otp_says("release_handler", tup("illegal_instruction_after_point_of_no_return", instruction))
    otp, subject = illegal if heard else None, entry.subject()
    problems.add(A101.at(span, words[0], help=words[1], notes=notes, subject=subject, otp=otp, fix=fix))


def _check_point(entry: EntryPlan, point: int | None, problems: Problems) -> None:
    """What stands on which side of the point of no return, of which there is one."""
    if point is None:
        _no_point(entry, problems)
        return
    first = entry.steps[point].instruction
    label = (Label(first.span, "the point of no return"),) if first.span else ()
    for step in entry.steps[:point]:
        if name_of(step.instruction) in LATE:
            _early(entry, step, label, problems)
    later = entry.steps[point + 1 :]
    for step in later:
        if name_of(step.instruction) == "load_object_code":
            _late_code(entry, step, label, problems)
    again = next((step.instruction for step in later if step.instruction == POINT_OF_NO_RETURN), None)
    if again:
        script = entry.entry.script
        edits = removed(script, again) if isinstance(script, List) else ()
        text, fix = "a second `point_of_no_return`, which does nothing", Fix("delete it", edits, safe=True)
        subject = entry.subject()
        problems.add(
            A107.at(
                again.span,
                text,
                labels=label,
                help="delete it",
                subject=subject,
                severity="warning",
                fix=fix if edits else None,
            )
        )


def _check_end(entry: EntryPlan, point: int, problems: Problems) -> None:
    """A restart of the emulator is the end of the script."""
    late = [step.instruction for step in entry.steps[point:]]
    if RESTART_EMULATOR not in late[:-1]:
        return
    at = late.index(RESTART_EMULATOR)
    problems.add(
        A107.at(
            late[at].span,
            f"this ends the script: `{name_of(late[at + 1]) or flat(late[at + 1])}` behind it is never run",
            help="move it to the end",
            subject=entry.subject(),
            severity="warning",
        )
    )


def _early(entry: EntryPlan, step: Step, label: tuple[Label, ...], problems: Problems) -> None:
    problems.add(
        A107.at(
            step.instruction.span,
            f"`{name_of(step.instruction)}` stands before the point of no return",
            labels=label,
            help="move it behind point_of_no_return: only `load_object_code` and `apply` may stand before it",
            notes=("OTP answers with `restart_emulator` as an error",)
            if step.instruction == RESTART_EMULATOR
            else ("check_install_release runs all that stands there, and should change nothing",),
            subject=entry.subject(),
        )
    )


def _no_point(entry: EntryPlan, problems: Problems) -> None:
    codes = [step for step in entry.steps if name_of(step.instruction) == "load_object_code"]
    if codes:
        _late_code(entry, codes[0], (), problems)
        return
    problems.add(
        A107.at(
            entry.entry.script.span,
            "there is no `point_of_no_return` in this script",
            help="add `point_of_no_return`",
            notes=("OTP then loads later what it needs from the old versions' folders: the code path stays as it is",),
            subject=entry.subject(),
            severity="warning",
        )
    )


def _late_code(entry: EntryPlan, step: Step, label: tuple[Label, ...], problems: Problems) -> None:
    reason = tup("illegal_instruction_after_point_of_no_return", step.instruction)
    text = "`load_object_code` stands behind the point of no return"
    problems.add(
        A107.at(
            step.instruction.span,
            text if label else "no `point_of_no_return` follows in this script",
            labels=label,
            help="move it before point_of_no_return" if label else "add `point_of_no_return` behind it",
            notes=("OTP says `illegal_instruction_after_point_of_no_return`",),
            subject=entry.subject(),
            otp=otp_says("release_handler", reason),
        )
    )


def _check_code(entry: EntryPlan, problems: Problems) -> None:
    """Each `load` uses up what a `load_object_code` read, which must be of one version of an application."""
    read, ever, versions = Counter[str](), set[str](), dict[str, Term]()
    for step in entry.steps:
        name = name_of(step.instruction)
        if name == "load_object_code":
            names = [module.name for module in modules(step.instruction)]
            read.update(names)
            ever.update(names)
            _check_version(entry, step, versions, problems)
        elif name == "load":
            for module in modules(step.instruction):
                if not read[module.name]:
                    _no_code(entry, step, module, module.name in ever, problems)
                read[module.name] -= read[module.name] > 0


def _check_version(entry: EntryPlan, step: Step, versions: dict[str, Term], problems: Problems) -> None:
    match argument(step.instruction):
        case Tuple((Atom(app), vsn, _)):
            first = versions.setdefault(app, vsn)
            if first == vsn:
                return
            own = spelled_version(first) or flat(first)
            problems.add(
                A112.at(
                    vsn.span,
                    f"code of `{spell_atom(app)}` {spelled_version(vsn)} is read here",
                    labels=(Label(first.span, f"and of {own} here"),) if first.span else (),
                    help="name the version that the release to install has",
                    notes=("OTP says `bad_lib_vsn`",),
                    subject=entry.subject(),
                    otp=otp_says("release_handler", tup("bad_lib_vsn", app, string(own))),
                )
            )


def _no_code(entry: EntryPlan, step: Step, module: Atom, used: bool, problems: Problems) -> None:
    said = module_name(module.name)
    label = f"an earlier `load` has used what was read of `{said}`" if used else f"no `load_object_code` reads `{said}`"
    advice = "delete one of the two" if used else f"add `{flat(module)}` to a `load_object_code` of its application"
    problems.add(
        A107.at(
            step.instruction.span,
            label,
            help=advice,
            notes=("the installation fails here with `badmatch`, and the node restarts with the old release",),
            subject=entry.subject(module.name),
        )
    )


def _check_pair(first: str, second: str, entry: EntryPlan, problems: Problems) -> None:
    """What is suspended is to be resumed later, what is stopped to be started; a restart of the emulator does both."""
    waiting: dict[str, Atom] = {}
    for step in entry.steps:
        name = name_of(step.instruction)
        if step.instruction == RESTART_EMULATOR:
            waiting.clear()
        for module in modules(step.instruction) if name in (first, second) else ():
            if name == first:
                waiting.setdefault(module.name, module)
            elif waiting.pop(module.name, None) is None:
                label = f"no `{first}` of `{module_name(module.name)}` goes before, so nothing happens"
                advice = f"add `{{{first}, [{flat(module)}]}}` before it, or delete this"
                subject = entry.subject(module.name)
                problems.add(A107.at(module.span, label, help=advice, subject=subject, severity="warning"))
    for module in waiting.values():
        problems.add(
            A107.at(
                module.span,
                f"`{first}` of `{module_name(module.name)}`, but no `{second}` behind it",
                help=f"add `{{{second}, [{flat(module)}]}}`",
                notes=("its processes answer no more calls",) if first == "suspend" else (),
                subject=entry.subject(module.name),
                severity="error" if first == "suspend" else "warning",
            )
        )
