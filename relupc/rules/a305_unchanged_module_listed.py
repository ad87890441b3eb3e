"""A305 unchanged-module-listed: the upgrade loads a module whose code is the same."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import changed
from relupc.model.codes import A305
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import argument, name_of
from relupc.model.program import UpgradeCode
from relupc.model.spelling import module_name
from relupc.model.term import Atom

ON = UpgradeCode
_ABOUT_CODE = ("load_module", "update")


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    for change in changed(code.upgrade):
        diff = code.diffs.get(change.post.name)
        same = {module.module for module in diff.of_kind("same")} if diff else set()
        for step in change.script.steps:
            module = argument(step.instruction)
            if name_of(step.instruction) in _ABOUT_CODE and isinstance(module, Atom) and module.name in same:
                yield A305.at(
                    module.span,
                    f"the code of `{module_name(module.name)}` is the same in both builds",
                    help="delete this instruction, if it is not there for what it does to processes",
                    notes=(
                        "it puts processes that stay in this module into old code, and they are killed for nothing",
                    ),
                    subject=code.upgrade.subject(change.post.name, module.name),
                )
