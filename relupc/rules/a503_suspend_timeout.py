"""A503 suspend-timeout: a process without an answer blocks the upgrade for ever."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A503
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.lint import EntryPlan
from relupc.model.spelling import module_name
from relupc.model.term import Atom, Term, Tuple, as_list

ON = EntryPlan


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    for step in (*entry.named.get("update", ()), *entry.named.get("suspend", ())):
        for module, timeout in _endless(step.instruction):
            yield A503.at(
                timeout.span or step.instruction.span,
                f"a process of `{module_name(module.name)}` that does not answer blocks the upgrade for ever",
                help="write `default`, which is 5 seconds, or a number of milliseconds",
                notes=("after its time OTP goes on without the process: new code, and its state is not converted",),
                subject=entry.subject(module.name),
                severity="warning",
                fix=Fix("write `default`", replaced(timeout, "default"), safe=False) if timeout.span else None,
            )


def _endless(instruction: Term) -> Iterator[tuple[Atom, Term]]:
    """The modules whose processes get all the time that they want, and the word that says so."""
    match instruction:
        case Tuple((Atom("update"), Atom() as module, _, Atom("infinity") as timeout, _, _, _, _)):
            yield module, timeout
        case Tuple((Atom("suspend"), suspended)):
            for item in as_list(suspended) or ():
                match item:
                    case Tuple((Atom() as module, Atom("infinity") as timeout)):
                        yield module, timeout
