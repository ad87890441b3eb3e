"""R015 sticky-module: in interactive mode the code server does not replace modules of kernel, stdlib and compiler."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import LOADS, ends_in_restart, instructions
from relupc.model.codes import R015
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import modules, name_of
from relupc.model.lint import Upgrade
from relupc.model.spelling import spell_atom

ON = Upgrade
STICKY = ("kernel", "stdlib", "compiler")


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    homes = {module.name: app.name for app in upgrade.pre.apps if app.name in STICKY for module in app.modules}
    removed = set()  # what was removed before is not loaded, and can be
    for step in () if not homes or ends_in_restart(upgrade) else instructions(upgrade):
        for module in modules(step.instruction):
            if name_of(step.instruction) == "remove":
                removed.add(module.name)
            elif name_of(step.instruction) in LOADS and module.name in homes and module.name not in removed:
                yield R015.at(
                    module.span,
                    f"`{spell_atom(module.name)}` is a module of {homes[module.name]}",
                    path=None if module.span else upgrade.top.path,
                    help="restart the emulator, or start nodes in embedded mode or with `-nostick`",
                    notes=("in interactive mode the load fails with `sticky_directory`, and the node restarts",),
                    subject=upgrade.subject(homes[module.name], module.name),
                )
