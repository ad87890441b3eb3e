"""A501 purge-kills-lingering-process: the post-purge `brutal_purge` meets code that processes never leave."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.call import called
from relupc.model.codes import A501
from relupc.model.diagnostic import Diagnostic, Severity
from relupc.model.instruction import BRUTAL, RESTART_EMULATOR, modules, name_of, purges
from relupc.model.lingering import Stay, stays
from relupc.model.program import EntryCode
from relupc.model.spelling import module_name
from relupc.rules.lingering import said
from relupc.rules.purges import soft_fix, softly

ON = EntryCode
NAMED = 2
WHEN = "the post-purge is `brutal_purge` unless the instruction says otherwise"


def check(code: EntryCode) -> Iterator[Diagnostic]:
    program, ended = code.pre or code.new, _ended(code)
    for step in code.entry.steps if RESTART_EMULATOR not in (s.instruction for s in code.entry.steps) else ():
        instruction = step.instruction
        if purges(instruction)[1:] != (BRUTAL,) or name_of(instruction) == "remove":
            continue
        for module in modules(instruction):
            kept = list(stays(program, module.name))
            if kept and module.name not in ended:
                where = f"{' and '.join(said(one.function) for one in kept[:NAMED])} of `{module_name(module.name)}`"
                yield A501.at(
                    module.span,
                    f"processes in {where} are killed when the release is made permanent",
                    path=code.entry.appup.path,
                    help=f"write `{softly(instruction)}`: they may go on until the next upgrade",
                    notes=(f"{_codes(kept)} why they are still in the old code", WHEN),
                    subject=code.entry.subject(module.name),
                    severity=_severity(kept, is_old=code.pre is not None),
                    fix=soft_fix((instruction,)),
                )


def _ended(code: EntryCode) -> set[str]:
    """The modules whose processes the entry stops, or calls by itself: it may make them leave."""
    steps = [step.instruction for step in code.entry.steps]
    stopped = {module.name for step in steps if name_of(step) == "stop" for module in modules(step)}
    return stopped | {call.module.name for step in steps if (call := called(step))}


def _severity(kept: list[Stay], *, is_old: bool) -> Severity:
    if not any(one.sure for one in kept):
        return "note"
    return "error" if is_old else "warning"


def _codes(kept: list[Stay]) -> str:
    codes = sorted({one.code.code for one in kept})
    return f"{' and '.join(codes)} {'tells' if len(codes) == 1 else 'tell'}"
