"""A503 suspend-timeout: a process without an answer blocks the upgrade for ever, or all stand still for many steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.model.codes import A503
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.instruction import modules, name_of
from relupc.model.lint import EntryPlan
from relupc.model.spelling import module_name
from relupc.model.term import Atom, Term, Tuple, as_list

ON = EntryPlan


def check(entry: EntryPlan, options: Mapping[str, int]) -> Iterator[Diagnostic]:
    for step in entry.steps:
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
    suspended: dict[str, tuple[Atom, int]] = {}
    for number, step in enumerate(entry.plan or ()):
        if name_of(step.instruction) == "suspend":
            suspended |= {module.name: (module, number) for module in modules(step.instruction)}
        elif name_of(step.instruction) == "resume":
            since = [suspended.pop(m.name) for m in modules(step.instruction) if m.name in suspended]
            long = [
                (module, number - start - 1) for module, start in since if number - start - 1 > options["max-steps"]
            ]
            if long:
                (module, steps), others = long[-1], len(long) - 1
                more = f", with {others} other module{'s' * (others > 1)}" if others else ""
                yield A503.at(
                    module.span,
                    f"processes of `{module_name(module.name)}` are suspended for {steps} steps{more}",
                    help="suspend later, resume earlier, or take out DepMods that tie more together than must be",
                    notes=("who calls a suspended process waits, and with `gen_server:call` gives up after 5 seconds",),
                    subject=entry.subject(module.name),
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
