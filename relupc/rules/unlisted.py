"""For A302 and A303: the modules that only one of two versions has, and that no instruction speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from relupc.model.changes import Change, about, called_with, changed, ends_in_restart, entry_of, place, restarted
from relupc.model.diagnostic import Code, Diagnostic, Fix
from relupc.model.edit import Edit
from relupc.model.layout import flat
from relupc.model.lint import Upgrade
from relupc.model.term import Atom, List


def unlisted(upgrade: Upgrade, verbs: tuple[str, ...], *, new: bool) -> Iterator[tuple[Change, Atom]]:
    """The modules that only the release after (`new`) or before has, where no instruction with these verbs is given."""
    if ends_in_restart(upgrade):
        return
    other = upgrade.pre if new else upgrade.post
    known = {module.name for app in other.apps for module in app.modules}
    pairs = ((change, change.post if new else change.pre) for change in changed(upgrade))
    alone = [(change, app, module) for change, app in pairs for module in app.modules if module.name not in known]
    if alone:
        handled, whole = set(about(upgrade, verbs)) | called_with(upgrade), restarted(upgrade)
        for change, app, module in alone:
            if module.name not in handled and app.name not in whole:
                yield change, module


def said(
    upgrade: Upgrade,
    code: Code,
    found: tuple[Change, Atom],
    verb: str,
    label: str,
    note: str,
    edit: Callable[[List, str], tuple[Edit, ...]],
) -> Diagnostic:
    """The diagnostic: to add an instruction with this verb, by an edit of the entry's list."""
    change, module = found
    entry, instruction = entry_of(upgrade, change.script), f"{{{verb}, {flat(module)}}}"
    edits = edit(entry.script, instruction) if entry and isinstance(entry.script, List) else ()
    return code.at(
        place(change.script),
        label,
        help=f"add `{instruction}`",
        notes=(note,),
        subject=upgrade.subject(change.post.name, module.name),
        fix=Fix(f"add `{instruction}`", edits, safe=False) if edits else None,
    )
