"""For rules: a process that cannot be converted -> the instructions that stop it, load its module, and start it."""

from __future__ import annotations

from relupc.model.diagnostic import Fix
from relupc.model.handling import only_loaded
from relupc.model.instruction import name_of
from relupc.model.program import UpgradeCode
from relupc.model.source import Span
from relupc.model.supervision import Child
from relupc.model.term import Atom, Term
from relupc.model.typed import typed
from relupc.model.value import NamedTuple
from relupc.rules.loaded import Loaded


class Restart(NamedTuple):
    """What to tell people to write, and the fix that writes it."""

    help: str
    fix: Fix | None


def restart(upgrade: UpgradeCode, item: Loaded) -> Restart:
    """Instructions around the load, where the supervisor and its child are known; else advice."""
    found, handling = _listed(upgrade, item.change.module), item.handling
    if found is None or handling is None:
        return Restart("terminate its child with `apply` before the load, and restart it afterwards", None)
    name, child = found
    verbs, about = ("terminate_child", "restart_child"), f"[{typed(name)}, {typed(child.id)}]"
    stop, start = (f"{{apply, {{supervisor, {verb}, {about}}}}}" for verb in verbs)
    load = only_loaded(handling) if name_of(handling.instruction) == "update" else None
    edits = _around(handling.instruction, stop, load, start)
    advice = f"write `{stop}` before, and `{start}` after it"
    return Restart(advice, Fix("stop the child before, and start it afterwards", edits, safe=False) if edits else None)


def _listed(upgrade: UpgradeCode, module: str) -> tuple[Atom, Child] | None:
    """The only child of a registered supervisor that runs a module, in both builds."""
    found = []
    for program in (upgrade.pre, upgrade.post):
        listed = (one for several in program.supervisors.values() for one in several)
        found.append([(one.registered, kid) for one in listed for kid in one.children if _runs(kid, module)])
    if any(len(kids) != 1 for kids in found) or found[0][0][1].id != found[1][0][1].id:
        return None
    name, child = found[0][0]
    return (name, child) if name and child.is_id_known else None


def _runs(child: Child, module: str) -> bool:
    return child.runs.module == module if child.runs else child.start is not None and child.start[0] == module


def _around(instruction: Term, before: str, load: str | None, after: str) -> tuple[tuple[Span, str], ...]:
    """Edits that put one instruction in front of another and one behind it, each on a line of its own."""
    if (span := instruction.span) is None or name_of(instruction) not in ("load_module", "update"):
        return ()
    gap = ",\n" + " " * (span.source.line_col(span.start)[1] - 1)
    return ((span, f"{before}{gap}{load or span.text}{gap}{after}"),)
