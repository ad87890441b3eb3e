"""R001 same-version-different-code: no upgrade looks at an application whose version stays."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.build import App
from relupc.model.changes import kept
from relupc.model.codes import R001
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.lint import Upgrade
from relupc.model.spelling import module_name, spell_atom

ON = Upgrade
NOTE = "OTP passes over an application whose version stays: no instruction loads what differs"


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    for pre, post in kept(upgrade):
        base, top = (pre, post) if upgrade.direction == "up" else (post, pre)
        if base.vsn == top.vsn and not _is_one_place(base, top) and (what := _difference(base, top)):
            yield R001.at(
                top.span,
                f"{spell_atom(top.name)} is {top.vsn} in both, but {what}",
                path=None if top.span else upgrade.top.path,
                labels=(Label(base.span, "the old one"),) if base.span else (),
                help="give it a new version, and an appup",
                notes=(NOTE,),
                subject=upgrade.both_ways(top.name),
                severity="error" if set(base.modules) != set(top.modules) else "warning",
            )


def _is_one_place(base: App, top: App) -> bool:
    return base.span is not None and base.span == top.span


def _difference(base: App, top: App) -> str:
    """What differs, as far as it matters to a node. The lists of applications are rewritten for each release."""
    new, old = set(top.modules) - set(base.modules), set(base.modules) - set(top.modules)
    if new or old:
        names = sorted(module_name(module.name) for module in new or old)
        more = f" and {len(names) - 4} more" if len(names) > 4 else ""
        return f"only the {'new' if new else 'old'} one has `{'`, `'.join(names[:4])}`{more}"
    pairs = {
        "mod": (base.mod, top.mod),
        "start_phases": (base.start_phases, top.start_phases),
        "env": (base.env, top.env),
        "registered": (set(base.registered), set(top.registered)),
    }
    names = [name for name, (one, other) in pairs.items() if one != other]
    return (
        f"{' and '.join(f'`{name}`' for name in names)} {'differs' if len(names) == 1 else 'differ'}" if names else ""
    )
