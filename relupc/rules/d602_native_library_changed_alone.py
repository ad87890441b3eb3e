"""D602 native-library-changed-alone: only a module that is loaded again makes the node look at its library again."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import LOADS, ends_in_restart, place, restarted
from relupc.model.code import Module
from relupc.model.codes import D602
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import modules, name_of
from relupc.model.native import library_of, loads_native
from relupc.model.plan import Script
from relupc.model.program import UpgradeCode
from relupc.model.spelling import module_name, spell_atom

ON = UpgradeCode


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    pre, post = code.pre.products, code.post.products
    if pre is None or post is None or ends_in_restart(code.upgrade):
        return
    whole = restarted(code.upgrade)
    for script in code.upgrade.scripts:
        app = script.app
        before, after = pre.natives.get(app), post.natives.get(app)
        if app in whole or app not in code.diffs or before is None or after is None or not place(script):
            continue
        users = [module for _, module in sorted(code.post.of_app(app).items()) if loads_native(module)]
        for name, native in sorted(after.libraries.items()):
            old = before.libraries.get(name)
            user = library_of(name, users)
            if old and old.md5 != native.md5 and user and _stays(code, user, script):
                yield D602.at(
                    place(script),
                    f"priv/{name} of {spell_atom(app)} differs, but nothing here loads `{module_name(user.name)}`",
                    help=f"add `{{load_module, {spell_atom(user.name)}}}`, if the library has an upgrade callback",
                    notes=("the node keeps the old library until the module that loads it is loaded again",),
                    subject=code.upgrade.subject(app, user.name),
                )


def _stays(code: UpgradeCode, user: Module, script: Script) -> bool:
    """Whether a module is the same in both builds, and no instruction loads it."""
    old = code.pre.modules.get(user.name)
    loads = (step.instruction for step in script.steps if name_of(step.instruction) in LOADS)
    return old is not None and old.md5 == user.md5 and user.name not in {m.name for one in loads for m in modules(one)}
