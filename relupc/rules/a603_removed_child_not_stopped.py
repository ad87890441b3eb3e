"""A603 removed-child-not-stopped: an update of a supervisor keeps the children that its `init/1` no longer lists."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A603
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import Edit, prepended
from relupc.model.inits import Moved, only_in
from relupc.model.program import UpgradeCode
from relupc.model.spelling import module_name
from relupc.model.term import List
from relupc.model.typed import typed
from relupc.rules.children import said
from relupc.rules.moved_children import done_to
from relupc.rules.pairs import Pair, pairs
from relupc.rules.places import named_in
from relupc.rules.reread import reread
from relupc.rules.supervised import calls_own_code

ON = UpgradeCode
KEPT = "an update of a supervisor stops no child and forgets none: it runs on, and is restarted if it ends"
STAYS = "its specification stays: the supervisor may start it again, with the function that it names"


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    for pair in pairs(upgrade):
        for moved in only_in(pair.before, pair.after):
            done = done_to(moved, upgrade)
            stopped = "terminate" in done
            gone = "delete" in done or moved.child.restart == "temporary"
            if not (stopped and gone):
                yield not_stopped(moved, pair, stopped, calls_own_code(upgrade, pair.app))


def not_stopped(moved: Moved, pair: Pair, stopped: bool, own: bool) -> Diagnostic:
    supervisor, child, entry = moved.supervisor, moved.child, pair.entry.entry
    found, name = named_in(entry, supervisor.module), supervisor.registered
    verbs = ("delete_child",) if stopped else ("terminate_child", "delete_child")
    calls = [f"{{apply, {{supervisor, {verb}, [{typed(name)}, {typed(child.id)}]}}}}" for verb in verbs if name]
    functions = " and ".join(f"`supervisor:{verb}/2`" for verb in verbs)
    advice = f"call {functions} with the pid of the supervisor in an `apply`"
    if calls:
        advice = f"add {' and '.join(f'`{call}`' for call in calls)}{'' if stopped else ' in front'}"
    edits: tuple[Edit, ...] = ()
    if calls and not stopped and found and (span := found[0].span) and reread(entry, supervisor.module):
        gap = " " * (span.source.line_col(span.start)[1] - 1)
        edits = prepended(List((found[0],), span=span), f",\n{gap}".join(calls))
    return A603.at(
        found[1].span if found else entry.entry.key.span,
        f"`{said(child.id)}` is no longer in `{module_name(supervisor.module)}`, but nothing here "
        + ("deletes its specification" if stopped else "stops it"),
        help=advice,
        notes=(STAYS if stopped else KEPT,),
        subject=entry.subject(supervisor.module),
        severity="note" if own or stopped else None,
        fix=Fix(advice, edits, safe=False) if edits else None,
    )
