"""D402 supervisor-to-simple-one-for-one: a supervisor cannot become one, or another, by an update."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import D402
from relupc.model.diagnostic import Diagnostic
from relupc.model.inits import becomes_simple
from relupc.model.program import UpgradeCode
from relupc.model.spelling import module_name, spell_atom
from relupc.rules.pairs import pairs
from relupc.rules.places import named_in

ON = UpgradeCode
CRASH = "OTP accepts the update: the supervisor then crashes at its next request, and its children with it"
LOST = "OTP accepts the update: the supervisor then does not know its running children any more, and they go on alone"


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    for pair in pairs(upgrade):
        entry, module = pair.entry.entry, pair.before[0].module
        becomes, was = becomes_simple(pair.before, pair.after), becomes_simple(pair.after, pair.before)
        if (becomes or was) and pair.before[0].listing == "init":
            found, app = named_in(entry, module), spell_atom(pair.app)
            yield D402.at(
                found[1].span if found else entry.entry.key.span,
                f"`{module_name(module)}` {'becomes' if becomes else 'is no longer'} `simple_one_for_one`",
                help=f"stop it, load it and start it again with `apply`, or write `{{restart_application, {app}}}`",
                notes=(CRASH if becomes else LOST,),
                subject=entry.subject(module),
                severity=None if becomes else "warning",
            )
