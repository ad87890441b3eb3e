"""D201 state-shape-changed: the new code meets states that the old code made."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import D201
from relupc.model.diagnostic import Diagnostic
from relupc.model.drift import Drift, Side, drift
from relupc.model.program import UpgradeCode
from relupc.rules.loaded import Loaded, loaded, states
from relupc.rules.skeletons import skeleton
from relupc.rules.unconverted import unconverted
from relupc.rules.unconverted_code import Said, named

ON = UpgradeCode


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    for item in loaded(upgrade):
        pair = states(upgrade, item.change.module)
        if pair and item.change.old and item.change.new:
            pre, post = Side(item.change.old, pair[0]), Side(item.change.new, pair[1])
            found = drift(pre, post)
            said = _said(upgrade, item, found, pre, post) if found else None
            if said and (diagnostic := unconverted(upgrade, item, said)):
                yield diagnostic


def _said(upgrade: UpgradeCode, item: Loaded, found: Drift, pre: Side, post: Side) -> Said:
    up = upgrade.direction == "up"
    upward = found if up else drift(post, pre)
    label = f"{named(found.what, item.change.module)} {found.how}"
    lazy = "; its callbacks ask for both shapes" if found.sure == "note" and found.pre != found.post else ""
    clause = skeleton(found, pre, post, post.state.conversion.function, down=not up)
    return Said(
        D201,
        label + lazy,
        f"{upward.what} {upward.how} in {upgrade.new.apps[item.diff.app]}{lazy}" if upward else label,
        f": `{clause}`" if clause else "",
        None if found.sure == "error" else found.sure,
    )
