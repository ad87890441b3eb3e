"""For A306: two directions in, one finding where one of them is empty, or only the way down restarts."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A306
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import argument, modules, name_of
from relupc.model.layout import flat
from relupc.model.term import as_list, is_known
from relupc.rules.effects import Side

RESTARTS = ("restart_application", "restart_new_emulator", "restart_emulator")


def restarts(side: Side) -> bool:
    """Whether all code is replaced in another way than by instructions for modules."""
    return any(name in side.entry.named for name in RESTARTS)


def is_known_side(side: Side) -> bool:
    """Whether no unknown part of a side may do anything to a module."""
    script = as_list(side.entry.entry.script) or (side.entry.entry.script,)
    return all(name_of(instruction) == "apply" or is_known(instruction) for instruction in script)


def nothing(here: Side, there: Side) -> Iterator[Diagnostic]:
    """An entry without instructions: nothing that the other does is undone."""
    acts = [step.instruction for step in there.entry.steps if name_of(step.instruction) != "apply"]
    if acts:
        way, other = here.entry.direction, there.entry.direction
        yield A306.at(
            here.entry.entry.script.span,
            f"going {way}, nothing is done",
            labels=(Label(acts[0].span, f"going {other}, code is replaced"),) if acts[0].span else (),
            help="write the instructions that lead back, or a `restart_application`",
            notes=("OTP says that it went well, and the node goes on with the code that it has",),
            subject=here.entry.subject(),
        )


def restarted(down: Side, up: Side) -> Iterator[Diagnostic]:
    """An application whose state is kept going up and lost going down."""
    again = [step.instruction for step in down.entry.named.get("restart_application", ())]
    kept = next((step.instruction for step in up.entry.steps if modules(step.instruction)), None)
    if kept and again:
        about = argument(again[0])
        yield A306.at(
            again[0].span,
            f"going down, `{flat(about) if about else ''}` is restarted, and its state is lost",
            labels=(Label(kept.span, "going up, it goes on running"),) if kept.span else (),
            help="to keep the state, write the instructions that lead back",
            subject=down.entry.subject(),
            severity="note",
        )
