"""R021 new-app-meets-old-code: new applications are started before any other one has its new code."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import added, changed, ends_in_restart, is_started
from relupc.model.codes import R021
from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import Upgrade
from relupc.model.spelling import spell_atom

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    if ends_in_restart(upgrade):
        return
    changing = {change.post.name: change for change in changed(upgrade)}
    for app in added(upgrade):
        for need in dict.fromkeys(atom.name for atom in app.applications) if is_started(app) else ():
            if need in changing:
                pre, post = changing[need].pre, changing[need].post
                yield R021.at(
                    app.listed,
                    f"{spell_atom(app.name)} starts while {spell_atom(need)}, which it needs, still has the code of "
                    f"{pre.vsn}",
                    path=None if app.listed else upgrade.post.path,
                    help=f"make sure that it starts with {pre.vsn} too, or list it as `load` and start it by `apply` "
                    f"in the appup of {spell_atom(need)}",
                    notes=(f"OTP starts new applications first, then it loads {spell_atom(need)} {post.vsn}",),
                    subject=upgrade.subject(app.name),
                )
