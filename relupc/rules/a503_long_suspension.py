"""A503 suspend-timeout: processes that stand still for many steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.model.codes import A503
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import modules, name_of
from relupc.model.lint import EntryPlan
from relupc.model.spelling import module_name
from relupc.model.term import Atom

ON = EntryPlan


def check(entry: EntryPlan, options: Mapping[str, int]) -> Iterator[Diagnostic]:
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
