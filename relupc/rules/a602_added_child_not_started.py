"""A602 added-child-not-started: an update tells a supervisor its new children, and starts none."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A602
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import Edit, appended
from relupc.model.inits import Moved, only_in
from relupc.model.program import UpgradeCode
from relupc.model.spelling import module_name, spell_atom
from relupc.model.term import List
from relupc.model.typed import typed
from relupc.rules.children import said
from relupc.rules.moved_children import done_to
from relupc.rules.pairs import Pair, pairs
from relupc.rules.places import named_in
from relupc.rules.reread import reread
from relupc.rules.supervised import calls_own_code

ON = UpgradeCode
TOLD = "an update tells a supervisor of new children, and starts none of them"
ONCE = "`start/2` is not run again: its new list counts from the next start of the application"


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    for pair in pairs(upgrade):
        for moved in only_in(pair.after, pair.before):
            if not {"start", "restart"} & done_to(moved, upgrade):
                yield not_started(moved, pair, calls_own_code(upgrade, pair.app))


def not_started(moved: Moved, pair: Pair, own: bool) -> Diagnostic:
    supervisor, child, entry = moved.supervisor, moved.child, pair.entry.entry
    found, name = named_in(entry, supervisor.module), supervisor.registered
    call = f"{{apply, {{supervisor, restart_child, [{typed(name)}, {typed(child.id)}]}}}}" if name else ""
    advice = (
        f"add `{call}`" if call else "call `supervisor:restart_child/2` with the pid of the supervisor in an `apply`"
    )
    if supervisor.listing == "list":
        call, advice = "", f"start it with `Supervisor.start_child/2` in an `apply`, or restart {spell_atom(pair.app)}"
    edits: tuple[Edit, ...] = ()
    if call and found and found[0].span and reread(entry, supervisor.module):
        edits = appended(List((found[0],), span=found[0].span), call)
    return A602.at(
        found[1].span if found else entry.entry.key.span,
        f"`{said(child.id)}` is new in `{module_name(supervisor.module)}`, but nothing here starts it",
        help=advice,
        notes=(TOLD if supervisor.listing == "init" else ONCE,),
        subject=entry.subject(supervisor.module),
        severity="note" if own else None,
        fix=Fix(advice, edits, safe=False) if edits else None,
    )
