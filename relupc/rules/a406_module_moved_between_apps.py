"""A406 module-moved-between-apps: only the application that receives a module may have an instruction for it."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import LOADS, REMOVALS, about, added, called_with, changed, ends_in_restart, place, restarted
from relupc.model.codes import A406
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.layout import flat
from relupc.model.lint import Upgrade
from relupc.model.spelling import module_name, spell_atom
from relupc.model.term import Atom

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    pre = {module.name: app.name for app in reversed(upgrade.pre.apps) for module in app.modules}
    post = {module.name: app.name for app in reversed(upgrade.post.apps) for module in app.modules}
    moved = sorted(name for name, home in pre.items() if post.get(name, home) != home)
    if not moved:
        return
    deleted, loaded = about(upgrade, ("delete_module",)), about(upgrade, ("load_module", "update", "add_module"))
    handled = set(about(upgrade, LOADS + REMOVALS)) | called_with(upgrade)
    whole = restarted(upgrade) | {app.name for app in added(upgrade)}
    scripts = {} if ends_in_restart(upgrade) else {change.post.name: change.script for change in changed(upgrade)}
    for name in moved:
        old, new = pre[name], post[name]
        says = f"`{module_name(name)}` moves from {spell_atom(old)} to {spell_atom(new)}"
        there = loaded[name].span if name in loaded else None
        if name in deleted and (name in loaded or new in whole):
            yield A406.at(
                deleted[name].span,
                f"{says}, which loads it",
                labels=(Label(there, "it is loaded here"),) if there else (),
                help=f"delete this instruction: only {spell_atom(new)} may have one",
                notes=(f"OTP says `Multiply defined module: {flat(Atom(name))}`",),
                subject=upgrade.subject(old, name),
            )
        elif new in scripts and name not in handled and new not in whole:
            yield A406.at(
                place(scripts[new]),
                f"{says}, and nothing here loads it",
                help=f"add `{{load_module, {flat(Atom(name))}}}`",
                notes=(f"OTP accepts this: the code that {spell_atom(old)} had goes on until the node restarts",),
                subject=upgrade.subject(new, name),
                severity="warning",
            )
