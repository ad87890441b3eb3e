"""C404 application-root-not-supervisor: upgrades begin their search for processes at what `start/2` returns."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA
from relupc.model.codes import C404
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import TreeCode
from relupc.model.spelling import module_name
from relupc.model.supervision import Process
from relupc.rules.children import answers_for_children

ON = TreeCode
START = FA("start", 2)
WHAT = {
    "special": "a process that `proc_lib` started",
    "bare": "a process that `spawn` started",
    "self": "the process that calls it",
    "library": "no supervisor",
}


def check(tree: TreeCode) -> Iterator[Diagnostic]:
    code = tree.code
    function, roots = code.module.functions.get(START), code.program.roots.get(code.module.name, ())
    for root in roots if function else ():
        if root.kind not in ("supervisor", "supervisor_bridge") and not answers_for_children(code.program, root.module):
            sure = len(roots) == 1
            yield code.finding(
                C404,
                START,
                function.place if function else None,
                f"`start/2` {'returns' if sure else 'may return'} {described(root)}",
                help="start it below a supervisor, and return that supervisor",
                notes=(
                    "each `update`, of any application, asks it for its children: it crashes, or the upgrade fails",
                ),
                severity=None if sure and root.kind != "special" else "warning",
            )


def described(root: Process) -> str:
    what = WHAT.get(root.kind, f"a {root.kind}")
    return f"{what}, `{module_name(root.module)}`" if root.module else what
