"""D203 struct-fields-changed: a process keeps a map without the field that the new code reads."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import D203
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import UpgradeCode
from relupc.model.structs import Fields, compared, held
from relupc.rules.loaded import Loaded, loaded, states
from relupc.rules.unconverted import unconverted
from relupc.rules.unconverted_code import Said, named

ON = UpgradeCode


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    for item in loaded(upgrade):
        pair = states(upgrade, item.change.module)
        before, after = (held(upgrade.pre, pair[0]), held(upgrade.post, pair[1])) if pair else ({}, {})
        for name in sorted(before.keys() & after.keys()):
            found = compared(name, before[name], after[name])
            if found.gained and (diagnostic := unconverted(upgrade, item, _said(upgrade, item, found))):
                yield diagnostic


def _said(upgrade: UpgradeCode, item: Loaded, found: Fields) -> Said:
    up = upgrade.direction == "up"
    upward = found if up else Fields(found.name, found.lost, found.gained)
    what = named(found.struct, item.change.module)
    fresh = f" with `Map.merge({found.struct.strip('`')}, old)`"
    back = f" for `{{:down, _}}`: put {', '.join(f'`{name}`' for name in found.gained[:4])} back"
    return Said(
        D203,
        f"{what} {found.how}",
        f"{found.struct} {upward.how} in {upgrade.new.apps[item.diff.app]}",
        fresh if up else back,
    )
