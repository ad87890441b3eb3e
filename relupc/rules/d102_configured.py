"""D102 removed-export-still-referenced, in sys.config: a function is gone, but the configuration names it."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.calls import lost
from relupc.model.codes import D102
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.model.naming import functions_in
from relupc.model.program import UpgradeCode, spelled_function
from relupc.model.spelling import function_name

ON = UpgradeCode


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    config, top = code.upgrade.folder.sys_config, code.upgrade.top
    if config is None or isinstance(config, Diagnostic) or code.direction == "down":
        return
    gone = lost(code.old, code.new)
    for function, span in functions_in(config):
        if function.local in gone.get(function.module, ()):
            yield D102.at(
                span,
                f"this names `{function_name(*function)}`, which {top.name} {top.vsn} no longer has",
                help="name another function",
                notes=("nobody notices until it is called: that ends in `undef`",),
                subject=Subject(
                    code.old.modules[function.module].app,
                    function.module,
                    spelled_function(function.local),
                    "up",
                    code.upgrade.base.vsn,
                    top.vsn,
                ),
            )
