"""D102 removed-export-still-referenced: a function is gone, but code names it, to be called later."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.calls import lost
from relupc.model.code import Module
from relupc.model.codes import D102
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.model.naming import Named, named
from relupc.model.program import UpgradeCode, code_finding, spelled_function
from relupc.model.spelling import function_name, spell_atom

ON = UpgradeCode


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    gone = {} if code.direction == "down" else lost(code.old, code.new)
    said = set()
    for build in (code.new, code.old) if gone else ():
        for module in build.modules.values():
            ours = module.app not in code.upgrade.left_out
            for found in named(module, gone, kept=build is code.old) if ours else ():
                key, is_new = (module.name, found.function), build is code.new
                is_gone = found.function.local in gone.get(found.function.module, ())
                if is_gone and key not in said and (is_new or found.kept):
                    said.add(key)
                    yield _named(code, module, found, is_new=is_new)


def _named(code: UpgradeCode, module: Module, found: Named, *, is_new: bool) -> Diagnostic:
    name, app = function_name(*found.function), code.old.modules[found.function.module].app
    what = f"{spell_atom(app)} {code.new.apps[app]}" if app in code.new.apps else code.upgrade.top.name
    label = f"this names `{name}`, which {what} no longer has"
    if not is_new:
        label = f"{spell_atom(module.app)} {code.old.apps[module.app]} keeps `{name}` here, which {what} no longer has"
    base, top = code.upgrade.base.vsn, code.upgrade.top.vsn
    return code_finding(
        module,
        D102,
        found.place,
        label,
        help=f"keep `{found.function.name}/{found.function.arity}` for one more version, or replace what was kept",
        notes=("nobody notices until it is called: that ends in `undef`",),
        subject=Subject(app, found.function.module, spelled_function(found.function.local), "up", base, top),
    )
