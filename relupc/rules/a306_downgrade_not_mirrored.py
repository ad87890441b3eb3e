"""A306 downgrade-not-mirrored: what one direction does, the other does not undo.

Not compared are DepMods, which need not be the same both ways, purges, timeouts, and calls of a project's functions.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import Mirror
from relupc.rules.effects import Side, side_of
from relupc.rules.mirror_children import unpaired
from relupc.rules.mirror_missing import missing
from relupc.rules.mirror_modules import differing
from relupc.rules.mirror_whole import is_known_side, nothing, restarted, restarts

ON = Mirror


def check(mirror: Mirror) -> Iterator[Diagnostic]:
    up, down = side_of(mirror.up), side_of(mirror.down)
    for here, there in ((down, up), (up, down)):
        if not here.entry.steps and here.entry.plan is not None:
            yield from nothing(here, there)
        elif not restarts(here):
            yield from _one_sided(here, there)
    if restarts(down) and not restarts(up):
        yield from restarted(down, up)


def _one_sided(here: Side, there: Side) -> Iterator[Diagnostic]:
    """What only the other side does; that a plan was made means that all instructions are understood."""
    less, lacks = list(differing(here, there)), [*missing(here, there), *unpaired(here, there)]
    if (less or lacks) and is_known_side(here):
        yield from less
        yield from lacks if lacks and here.entry.plan is not None else ()
