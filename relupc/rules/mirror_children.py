"""For A306: two directions in, the children and applications that only one of them starts or stops out."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.call import called, child_of
from relupc.model.codes import A306
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import argument
from relupc.model.term import Term
from relupc.model.typed import typed
from relupc.rules.effects import Side

HARMLESS = frozenset({"io", "logger", "error_logger", "timer", "Elixir.IO", "Elixir.Logger"})
# What is done: what it is called, its opposite, and what to write for that.
OPPOSITES = {
    "start": ("started", "terminate", "terminated", "{{apply, {{supervisor, terminate_child, [{}, {}]}}}}"),
    "terminate": ("terminated", "start", "started", "{{apply, {{supervisor, restart_child, [{}, {}]}}}}"),
    "add_application": ("added", "remove_application", "removed", "{{remove_application, {}}}"),
    "remove_application": ("removed", "add_application", "added", "{{add_application, {}}}"),
}


def unpaired(here: Side, there: Side) -> Iterator[Diagnostic]:
    """What is started `there` and not stopped `here`, or the other way round; a function of the project may do both."""
    if any(_may_be_all(step.instruction) for step in here.entry.named.get("apply", ())):
        return
    mine, theirs = _done(here), _done(there)
    ways, key = (there.entry.direction, here.entry.direction), here.entry.entry.key.span
    for (verb, about), place in theirs.items():
        done, opposite, undone, text = OPPOSITES[verb]
        if (opposite, about) not in mine and (opposite, about) not in theirs:
            added = text.format(*map(typed, about))
            yield A306.at(
                place.span,
                f"{done} going {ways[0]}, but not {undone} going {ways[1]}",
                labels=(Label(key, f"the way {'back' if ways[1] == 'down' else 'up'}"),) if key else (),
                help=f"add `{added}` to the {'second' if ways[1] == 'down' else 'first'} list",
                subject=here.entry.subject(),
            )


def _done(side: Side) -> dict[tuple[str, tuple[Term, ...]], Term]:
    done: dict[tuple[str, tuple[Term, ...]], Term] = {}
    for step in side.entry.named.get("apply", ()):
        child = child_of(called(step.instruction))
        if child and child.verb != "delete":
            done["terminate" if child.verb == "terminate" else "start", child.key] = child.id
    for name in ("add_application", "remove_application"):
        abouts = (argument(step.instruction) for step in side.entry.named.get(name, ()))
        done |= {(name, (about,)): about for about in abouts if about is not None}
    return done


def _may_be_all(instruction: Term) -> bool:
    """Whether a call may be of a function that does all of it."""
    call = called(instruction)
    known = child_of(call) or (call and call.module.name in HARMLESS)
    return not known
