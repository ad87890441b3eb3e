"""For A306: two directions in, the modules that only one of them is about out."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.call import called
from relupc.model.codes import A306
from relupc.model.diagnostic import Diagnostic, Label, Severity
from relupc.model.layout import spell_atom
from relupc.model.spelling import module_name
from relupc.model.term import Term, Tuple
from relupc.rules.effects import Effect, Side
from relupc.rules.spelled import spelled

# An effect: its name, the opposite, what to write for that, what is so without it, and how bad that is.
OPPOSITES: dict[Effect, tuple[str, str, str, str, Severity | None]] = {
    "add": ("added", "deleted", "delete_module", "the code of {} stays on the node", "note"),
    "load": ("loaded", "loaded", "load_module", "the node goes on with the {age} code of {}", None),
    "delete": ("deleted", "added", "add_module", "{} is missing on a node in embedded mode, as releases run", None),
}


def missing(here: Side, there: Side) -> Iterator[Diagnostic]:
    """Modules that are loaded or deleted `there`, and that nothing is said of `here`; with those deleted both ways.

    A module that the entries call is a helper of the upgrade: it may have been left on purpose.
    """
    calls = (called(step.instruction) for side in (here, there) for step in side.entry.named.get("apply", ()))
    helpers = {call.module.name for call in calls if call}
    effects: tuple[Effect, ...] = ("load", "delete")
    for effect in effects:
        for module, place in there.done[effect].items():
            if not here.has("load", module) and not here.has("delete", module):
                kind: Effect = "add" if there.has("add", module) else effect
                yield _missing(module, kind, place, here, there, "note" if module in helpers else None)
            elif effect == "delete" and here.has("delete", module) and here.entry.direction == "down":
                yield _missing(module, "delete", place, here, there, None)


def _missing(
    module: str, effect: Effect, place: Term, here: Side, there: Side, severity: Severity | None
) -> Diagnostic:
    done, undone, verb, so, default = OPPOSITES[effect]
    down = here.entry.direction == "down"
    twice, key = here.done["delete"].get(module), here.entry.entry.key.span
    other = (twice.span, "deleted here too") if twice else (key, "the way back" if down else "the way up")
    text = f"{{{verb}, {spell_atom(module)}}}"
    if isinstance(update := there.done["convert"].get(module), Tuple):
        text = spelled(update, here)
    so = so.format(f"`{module_name(module)}`", age="newer" if down else "older")
    return A306.at(
        place.span,
        f"{done} going {there.entry.direction}, but not {undone} going {here.entry.direction}",
        labels=(Label(other[0], other[1]),) if other[0] else (),
        help=f"add `{text}` to the {'second' if down else 'first'} list",
        notes=(f"after the {'downgrade' if down else 'upgrade'} {so}",),
        subject=here.entry.subject(module),
        severity=severity or default,
    )
