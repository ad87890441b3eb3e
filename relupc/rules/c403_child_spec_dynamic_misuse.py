"""C403 child-spec-dynamic-misuse: only an event manager knows its modules when an upgrade asks it for them."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C403
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import TreeCode
from relupc.model.supervision import SERVERS
from relupc.rules.children import advice, child_said, name_to_write

ON = TreeCode


def check(tree: TreeCode) -> Iterator[Diagnostic]:
    code = tree.code
    for supervisor in code.program.supervisors.get(code.module.name, ()):
        for child in supervisor.children:
            runs = child.runs
            if child.modules == "dynamic" and child.type == "worker" and runs and runs.kind in (*SERVERS, "supervisor"):
                home, unknown = code.module.name, "name its callback module in its `modules`"
                wanted = f"[{name_to_write(home, runs.module)}]" if runs.module else None
                yield code.finding(
                    C403,
                    supervisor.function,
                    supervisor.place,
                    f"{child_said(child)} is a {runs.kind}, but its `modules` are `dynamic`",
                    help=advice(home, child, "modules", wanted) if wanted else unknown,
                    notes=("an upgrade asks such a child for its modules: no answer within 5 seconds makes it fail",),
                )
