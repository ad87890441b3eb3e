"""R024 vm-args-not-applied: the emulator reads its flags when it starts."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import restarts_emulator
from relupc.model.codes import R024
from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import Upgrade
from relupc.model.vm_args import differing, flags

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    base = upgrade.base_folder.vm_args if upgrade.base_folder else None
    top = upgrade.folder.vm_args
    if upgrade.direction == "down" or base is None or top is None or restarts_emulator(upgrade):
        return
    old, new = flags(base), flags(top)
    names = differing(old, new)
    if names:
        place = next((flag.span for flag in new if flag.name in names), None)
        more = f" and {len(names) - 4} more" if len(names) > 4 else ""
        yield R024.at(
            place,
            f"{', '.join(f'`{name}`' for name in names[:4])}{more} {'differ' if len(names) > 1 else 'differs'} from "
            f"{base.path}: the upgrade does not apply {'them' if len(names) > 1 else 'it'}",
            path=None if place else top.path,
            help="restart the node some time after the upgrade",
            notes=("the emulator reads its flags when it starts",),
            subject=upgrade.both_ways(),
        )
