"""C205 fun-to-remote-node: another node runs a fun only if it has the same version of the module."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C205
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode, spelled_function
from relupc.rules.funs import fun_said, kept, taker

ON = ModuleCode


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    for fun in kept(code, "node"):
        yield code.finding(
            C205,
            fun.inside,
            fun.place,
            f"`{spelled_function(fun.inside)}` sends {fun_said(code.module, fun.fun)} to another node "
            f"with {taker(fun)}",
            help="name an exported function: module, name and arguments",
            notes=(
                "while an upgrade goes from node to node, the fun fails with `badfun` where the other version runs",
            ),
        )
