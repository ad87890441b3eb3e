"""C405 process-outside-tree: upgrades find processes below supervisors, and only those.

Looked at are servers of the application itself that `start/2`, or a callback of another server, starts by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C405
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import TreeCode
from relupc.model.spelling import function_name, module_name

ON = TreeCode


def check(tree: TreeCode) -> Iterator[Diagnostic]:
    code = tree.code
    for process in code.program.outside.get(code.module.name, ()):
        known = code.program.modules.get(process.module or "")
        if known and known.app == code.module.app and (tree.loaded is None or known.name in tree.loaded):
            yield code.finding(
                C405,
                process.by.local,
                process.place,
                f"`{process.by.name}/{process.by.arity}` starts `{module_name(known.name)}` "
                f"with `{function_name(*process.called)}`, below no supervisor",
                help="start it as a child of a supervisor",
                notes=("an upgrade neither suspends nor converts it: it runs new code on its old state",),
                severity=None if process.by.name == "start" else "note",  # a callback may start what soon ends
            )
