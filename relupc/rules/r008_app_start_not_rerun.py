"""R008 app-start-not-rerun: an upgrade does not call the start function of an application again."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import Change, changed, ends_in_restart, is_started, place, restarted
from relupc.model.codes import R008
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import argument, name_of
from relupc.model.lint import Upgrade
from relupc.model.spelling import spell_atom
from relupc.model.term import Atom, List, Tuple, as_list

ON = Upgrade
OF_OTP = {"application", "code", "supervisor", "error_logger", "logger", "io", "file", "timer"}


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    if ends_in_restart(upgrade):
        return
    whole = restarted(upgrade)
    for change in changed(upgrade):
        pre, post = change.pre, change.post
        parts = ("mod", "start_phases") if as_list(post.start_phases) else ("mod",)
        names = [name for name in parts if getattr(pre, name) != getattr(post, name)]
        if names and post.mod != List(()) and is_started(post) and post.name not in whole and not _calls(change):
            new = getattr(post, names[0]).span
            verb = "differs" if len(names) == 1 else "differ"
            yield R008.at(
                place(change.script),
                f"{' and '.join(f'`{name}`' for name in names)} of {spell_atom(post.name)} {verb}, "
                "but nothing here runs what a start would",
                labels=(Label(new, f"in {post.vsn}"),) if new else (),
                help="do by `apply` what the new start does, or restart the application",
                notes=("OTP calls the start function when an application starts, not when its code is replaced",),
                subject=upgrade.subject(post.name),
            )


def _calls(change: Change) -> bool:
    """Whether the appup calls a function that is not one of OTP's: it may do what is needed."""
    for step in change.script.steps:
        match argument(step.instruction):
            case Tuple((Atom(module), *_)) if name_of(step.instruction) == "apply" and module not in OF_OTP:
                return True
    return False
