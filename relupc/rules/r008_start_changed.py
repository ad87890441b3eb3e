"""R008 app-start-not-rerun: the start function does something new, and an upgrade does not call it."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import changed, ends_in_restart, is_started, restarted
from relupc.model.codes import R008
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import name_of
from relupc.model.program import UpgradeCode, code_finding
from relupc.model.spelling import function_name, spell_atom
from relupc.model.starting import callback_of, new_call

ON = UpgradeCode


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    if code.direction == "down" or ends_in_restart(code.upgrade):
        return
    whole = restarted(code.upgrade)
    for change in changed(code.upgrade):
        post = change.post
        name = callback_of(post) or ""
        new = code.post.modules.get(name)
        applied = any(name_of(step.instruction) == "apply" for step in change.script.steps)
        if post.mod != change.pre.mod or not is_started(post) or post.name in whole or applied:
            continue
        call = new_call(name, code.pre, code.post)
        if new and call:
            yield code_finding(
                new,
                R008,
                call.place,
                f"`start/2` of {spell_atom(post.name)} calls {function_name(*call.called)} now, but nothing here does",
                help="do the same by `apply` in the appup, or restart the application",
                notes=("OTP calls start/2 when an application starts, not when its code is replaced",),
                subject=code.upgrade.subject(post.name, name),
            )
