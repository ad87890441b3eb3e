"""C202 fun-in-child-spec: a supervisor starts a child again with the arguments that it was given at first."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.code import MadeFun, made_funs
from relupc.model.codes import C202
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import TreeCode
from relupc.model.supervision import Child, Supervisor
from relupc.rules.children import child_said, to_write
from relupc.rules.funs import fun_said, named

ON = TreeCode


def check(tree: TreeCode) -> Iterator[Diagnostic]:
    code = tree.code
    start = to_write(code.module.name, "start", "{Module, Function, Arguments}")
    for supervisor in code.program.supervisors.get(code.module.name, ()):
        for child in supervisor.children:
            fun = held(tree, supervisor, child)
            if fun is None:
                continue
            module = code.program.modules[fun.module]
            body = module.functions.get(fun.function) if module == code.module and not named(fun.function) else None
            yield code.finding(
                C202,
                supervisor.function,
                (body.place if body else None) or supervisor.place,
                f"{child_said(child)} is started with {fun_said(module, fun.function)}",
                help=f"name exported functions only: `{start}`",
                notes=(
                    "the supervisor keeps the fun: after an upgrade of its module a restart fails with `badfun`",
                    "it tries again at once, until it gives up and ends, with all its children",
                ),
                severity=None if child.restart else "warning",
            )


def held(tree: TreeCode, supervisor: Supervisor, child: Child) -> MadeFun | None:
    """A fun in a specification that the upgrade leaves without its code; a temporary child is never restarted."""
    if child.restart == "temporary" or (supervisor.listing == "init" and supervisor.module in tree.updated):
        return None
    modules = tree.code.program.modules
    found = (fun for fun in made_funs(child.whole) if fun.module in modules)
    return next((fun for fun in found if tree.loaded is None or fun.module in tree.loaded), None)
