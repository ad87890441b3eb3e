"""C401 child-spec-modules-mismatch: a process runs a callback module that its child specification does not list."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C401
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import TreeCode
from relupc.model.spelling import module_name
from relupc.model.supervision import missing
from relupc.rules.children import advice, child_said, name_to_write

ON = TreeCode


def check(tree: TreeCode) -> Iterator[Diagnostic]:
    code = tree.code
    for supervisor in code.program.supervisors.get(code.module.name, ()):
        for child in supervisor.children:
            runs = missing(child)
            if runs and runs in code.program.modules and (tree.loaded is None or runs in tree.loaded):
                names = ", ".join(map(module_name, child.modules or ()))
                wanted = f"[{name_to_write(code.module.name, runs)}]"
                yield code.finding(
                    C401,
                    supervisor.function,
                    supervisor.place,
                    f"{child_said(child)} runs `{module_name(runs)}`, but its `modules` are `[{names}]`",
                    help=advice(code.module.name, child, "modules", wanted),
                    notes=("`update` suspends and converts only processes whose specification lists the module",),
                )
