"""A601 supervisor-only-loaded: a supervisor lives on what its `init/1` said, unless it is updated."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A601
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.inits import UNSURE, becomes_simple, differs
from relupc.model.instruction import name_of
from relupc.model.program import UpgradeCode
from relupc.model.spelling import module_name
from relupc.rules.pairs import pairs
from relupc.rules.places import named_in
from relupc.rules.reread import as_supervisor, reread

ON = UpgradeCode


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    for pair in pairs(upgrade):
        entry, module = pair.entry.entry, pair.before[0].module
        what = differs(pair.before, pair.after) if pair.before[0].listing == "init" else None
        found = named_in(entry, module)
        simple = becomes_simple(pair.before, pair.after) or becomes_simple(pair.after, pair.before)  # is D402
        if simple or what is None or found is None or entry.plan is None or reread(entry, module):
            continue  # a changed module without an instruction is A301
        instruction, place = found
        better = as_supervisor(instruction, place)
        edits = replaced(instruction, better) if name_of(instruction) in ("load_module", "update") else ()
        yield A601.at(
            place.span,
            f"{what} may change in `{module_name(module)}`, but this only loads it"
            if what == UNSURE
            else f"{what} of `{module_name(module)}` change, but this only loads it",
            help=f"write `{better}`",
            notes=("a running supervisor keeps its flags and child specifications until it is updated",),
            subject=entry.subject(module),
            severity="warning" if what == UNSURE else None,
            fix=Fix(f"write `{better}`", edits, safe=False) if edits else None,
        )
