"""A306 downgrade-not-mirrored: what one direction does, the other does not undo.

Not compared are DepMods, which need not be the same both ways, purges, timeouts, and calls of a project's functions.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import Mirror
from relupc.rules.effects import side_of
from relupc.rules.mirror_children import unpaired
from relupc.rules.mirror_missing import missing
from relupc.rules.mirror_modules import differing
from relupc.rules.mirror_whole import is_known_side, nothing, restarted, restarts

ON = Mirror


def check(mirror: Mirror) -> Iterator[Diagnostic]:
    up, down = side_of(mirror.up), side_of(mirror.down)
    for here, there in ((down, up), (up, down)):
        understood = here.entry.plan is not None
        if understood and not here.entry.steps:
            yield from nothing(here, there)
        elif not restarts(here) and is_known_side(here):
            yield from differing(here, there)
            if understood:
                yield from missing(here, there)
                yield from unpaired(here, there)
    if restarts(down) and not restarts(up):
        yield from restarted(down, up)
