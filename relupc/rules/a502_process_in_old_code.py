"""A502 soft-purge-refusal, with compiled modules: some process does stay in the code that is to be purged softly."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A502
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import SOFT_PURGE, modules, purges
from relupc.model.lingering import stays
from relupc.model.program import EntryCode
from relupc.model.spelling import module_name
from relupc.rules.lingering import said
from relupc.rules.purges import soft_fix

ON = EntryCode


def check(code: EntryCode) -> Iterator[Diagnostic]:
    program = code.pre or code.new
    for step in code.entry.steps:
        pre, *_ = purges(step.instruction) or (None,)
        for module in modules(step.instruction) if pre == SOFT_PURGE else ():
            kept = [one for one in stays(program, module.name) if one.sure]
            if pre is not None and kept:
                yield A502.at(
                    pre.span or module.span,
                    f"refused while a process is in old code of `{module_name(module.name)}`: "
                    f"{said(kept[0].function)} never leaves it",
                    path=code.entry.appup.path,
                    help="write `brutal_purge, soft_purge`: such processes are killed then, and the upgrade goes on",
                    notes=(f"{kept[0].code.code} tells why; OTP says `{{error,{{old_processes,Module}}}}`",),
                    subject=code.entry.subject(module.name),
                    severity="warning",
                    fix=soft_fix((step.instruction,)),
                )
