"""D301 behaviour-changed: a running process stays what it is, with a module that has become something else."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.code import Module
from relupc.model.codes import D301
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import UpgradeCode, code_finding
from relupc.model.spelling import module_name
from relupc.model.state import kinds_of
from relupc.rules.loaded import Loaded, loaded
from relupc.rules.restarts import restart

ON = UpgradeCode
NOTE = "with the next message the process ends with `undef`; an `update` with `{advanced, _}` fails, too"


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    for item in loaded(upgrade):
        old, new = item.change.old, item.change.new
        if old and new and (said := changed(old, new)):
            yield _said(upgrade, item, f"`{module_name(new.name)}` {said} in {upgrade.post.apps[item.diff.app]}")


def changed(old: Module, new: Module) -> str | None:
    """How the behaviour of a process changes, in words."""
    before, after = kinds_of(old), kinds_of(new)
    if not before or set(before) & set(after):
        return None
    if after:
        return f"changes from {_a(before[0])} to {_a(after[0])}"
    return f"is no {before[0]} any more" if not _answers(new, before[0]) else None


def _answers(module: Module, kind: str) -> bool:
    """Whether a module that declares no behaviour still has callbacks, or may get them from elsewhere."""
    return bool(module.behaviours) or any(fa.name.startswith("handle_") or fa.name == kind for fa in module.exports)


def _a(kind: str) -> str:
    return f"a {kind}" if kind != "special" else "a special process"


def _said(upgrade: UpgradeCode, item: Loaded, label: str) -> Diagnostic:
    name = item.change.module
    again = restart(upgrade, item)
    handling, module = item.handling, upgrade.new.modules[name]
    label = f"{label}: no instruction converts a running process"
    subject = upgrade.upgrade.subject(item.diff.app, name)
    if handling is None or item.entry is None:
        return code_finding(module, D301, None, label, help=again.help, notes=(NOTE,), subject=subject)
    path = item.entry.entry.appup.path
    return D301.at(
        handling.module.span, label, path=path, help=again.help, notes=(NOTE,), subject=subject, fix=again.fix
    )
