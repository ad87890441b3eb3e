"""A502 soft-purge-refusal: with pre-purge `soft_purge`, one process in old code is enough to refuse the upgrade."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A502
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.instruction import modules
from relupc.model.lint import EntryPlan
from relupc.model.spelling import module_name
from relupc.model.term import Atom, Term, Tuple

ON = EntryPlan
SOFT = Atom("soft_purge")
NAMED = 4


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    soft = [step.instruction for step in entry.steps if _purges(step.instruction)[:1] == (SOFT,)]
    named = [module for instruction in soft for module in modules(instruction)]
    if not named:
        return
    names = [f"`{module_name(module.name)}`" for module in named[:NAMED]]
    if len(named) > NAMED:
        names.append(f"{len(named) - NAMED} more")
    *others, last = names
    listed = f"{', '.join(others)} or {last}" if others else last
    pairs = (_purges(instruction) for instruction in soft)
    edits = [
        edit
        for pre, post in pairs
        for edit in (*replaced(pre, "brutal_purge"), *(() if post == SOFT else replaced(post, "soft_purge")))
    ]
    yield A502.at(
        _purges(soft[0])[0].span or named[0].span,
        f"refused while a process runs code of {listed} that an earlier upgrade replaced",
        help="write `brutal_purge, soft_purge`: such processes are killed then, and the upgrade goes on",
        notes=("OTP says `{error,{old_processes,Module}}`, from `check_install_release` too, and nothing is changed",),
        subject=entry.subject(named[0].name),
        fix=Fix("purge brutally before, softly after", tuple(edits), safe=False) if edits else None,
    )


def _purges(instruction: Term) -> tuple[Term, ...]:
    """The pre-purge and the post-purge of an instruction that has them."""
    match instruction:
        case Tuple((Atom("update"), _, _, _, _, pre, post, _)) | Tuple((Atom("load_module"), _, pre, post, _)):
            return pre, post
        case Tuple((Atom("load" | "remove"), Tuple((_, pre, post)))):
            return pre, post
    return ()
