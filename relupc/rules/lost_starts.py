"""For D103: an upgrade in, the start functions out that supervisors hold, and that nobody exports afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Set

from relupc.model.beam import MFA
from relupc.model.program import EntryCode, UpgradeCode
from relupc.model.supervision import Child, Supervisor
from relupc.model.term import Term
from relupc.model.value import NamedTuple
from relupc.rules.held_starts import held, renewed
from relupc.rules.reread import reread
from relupc.rules.supervised import handled, started_anew


class Lost(NamedTuple):
    """A function that a restart of a child calls; `always` is whether an update of its supervisor does not help."""

    entry: EntryCode
    supervisor: Supervisor
    child: Child
    function: MFA
    always: bool


def lost_starts(upgrade: UpgradeCode) -> Iterator[Lost]:
    """The children that are not stopped or started anew by the upgrade, and have lost their start function."""
    touched, anew = {child.id for child in handled(upgrade)}, started_anew(upgrade)
    for module, several in upgrade.pre.supervisors.items():
        entry = upgrade.entries.get(upgrade.pre.modules[module].app)
        if entry is None or entry.entry.plan is None or anew.has(entry.app.name, module):
            continue
        if _ends(upgrade, module, touched):
            continue
        updated = reread(entry.entry, module)
        kept = ((listed, child) for listed in several for child in listed.children if child.id not in touched)
        for one, child in kept:
            function = held(upgrade.pre, one, child)
            if function and updated and one.listing == "init":
                function = renewed(upgrade.post, one, child, function)
            if function and not upgrade.post.exports(function):
                yield Lost(entry, one, child, function, updated or one.listing != "init")


def _ends(upgrade: UpgradeCode, module: str, touched: Set[Term], below: tuple[str, ...] = ()) -> bool:
    """Whether a supervisor is stopped for good: its module is no more, and the upgrade stops it or one above it."""
    return module not in upgrade.post.modules and any(
        child.id in touched or _ends(upgrade, one.module, touched, (*below, module))
        for several in upgrade.pre.supervisors.values()
        for one in several
        for child in one.children
        if child.start is not None and child.start[0] == module and one.module not in (module, *below)
    )
