"""A502 soft-purge-refusal: with pre-purge `soft_purge`, one process in old code is enough to refuse the upgrade."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A502
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import SOFT_PURGE, modules, purges
from relupc.model.lint import EntryPlan
from relupc.model.spelling import module_name
from relupc.rules.purges import soft_fix

ON = EntryPlan
NAMED = 4


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    soft = [step.instruction for step in entry.steps if purges(step.instruction)[:1] == (SOFT_PURGE,)]
    named = [module for instruction in soft for module in modules(instruction)]
    if not named:
        return
    names = [f"`{module_name(module.name)}`" for module in named[:NAMED]]
    if len(named) > NAMED:
        names.append(f"{len(named) - NAMED} more")
    *others, last = names
    listed = f"{', '.join(others)} or {last}" if others else last
    yield A502.at(
        purges(soft[0])[0].span or named[0].span,
        f"refused while a process runs code of {listed} that an earlier upgrade replaced",
        help="write `brutal_purge, soft_purge`: such processes are killed then, and the upgrade goes on",
        notes=("OTP says `{error,{old_processes,Module}}`, from `check_install_release` too, and nothing is changed",),
        subject=entry.subject(named[0].name),
        fix=soft_fix(tuple(soft)),
    )
