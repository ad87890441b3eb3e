"""C402 child-spec-type-mismatch: a supervisor that is declared as a worker, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C402
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode, TreeCode
from relupc.model.spelling import module_name
from relupc.model.supervision import SERVERS, Process
from relupc.model.term import Atom
from relupc.rules.children import advice, answers_for_children, child_said

ON = TreeCode
HIDDEN = "an upgrade asks supervisors for their children: those below a worker are neither suspended nor converted"
ASKED = "an upgrade asks supervisors for their children: one that does not answer with a list makes it fail"

KINDS = {
    (True, False): "supervisor",
    (True, True): ":supervisor",
    (False, False): "worker",
    (False, True): ":worker",
}


def check(tree: TreeCode) -> Iterator[Diagnostic]:
    code = tree.code
    for supervisor in code.program.supervisors.get(code.module.name, ()):
        for child in supervisor.children:
            runs = child.runs
            if runs and is_mismatch(code, child.type, runs):
                is_one = runs.kind == "supervisor"
                name = f"`{module_name(runs.module)}`, " if runs.module and child.id != Atom(runs.module) else ""
                wanted = KINDS[is_one, code.module.name.startswith("Elixir.")]
                yield code.finding(
                    C402,
                    supervisor.function,
                    supervisor.place,
                    f"{child_said(child)} is {name}a {runs.kind}, but is declared as a {child.type}",
                    help=advice(code.module.name, child, "type", wanted),
                    notes=(HIDDEN if is_one else ASKED,),
                )


def is_mismatch(code: ModuleCode, declared: str | None, runs: Process) -> bool:
    """A `supervisor_bridge` is a worker that answers with no children, so that both will do."""
    if runs.kind == "supervisor":
        return declared == "worker"
    server = runs.kind == "gen_event" or (runs.kind in SERVERS and not answers_for_children(code.program, runs.module))
    return server and declared == "supervisor"
