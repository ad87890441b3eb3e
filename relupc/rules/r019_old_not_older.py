"""R019 old-not-older: the releases may have been named the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.build import Release
from relupc.model.changes import kept
from relupc.model.codes import R019
from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import Upgrade
from relupc.model.versions import compared

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    top, base = upgrade.top, upgrade.base
    order = compared(top.vsn, base.vsn)
    if order == 0 and _apps(top) != _apps(base):
        label = f"both are {top.vsn}"
    elif order == -1:
        label = f"this is {top.vsn}, and the old one is {base.vsn}"
    elif order is None and (older := _older(upgrade)):
        label = f"{', '.join(older[:4])}: no application is newer here"
    else:
        return
    yield R019.at(
        top.span,
        label,
        path=None if top.span else top.path,
        help="name the newer one first, the older one with --from",
        notes=(f"compared: {base.path} -> {top.path}",),
        subject=upgrade.both_ways(),
    )


def _apps(release: Release) -> set[tuple[str, str]]:
    """Where these are the same in both, there is nothing to upgrade, and nothing wrong: code that differs is R001."""
    return {(app.name, app.vsn) for app in release.apps}


def _older(upgrade: Upgrade) -> list[str]:
    """The applications that go back, where none goes forward and all can be compared."""
    pairs = [(pre, post) if upgrade.direction == "up" else (post, pre) for pre, post in kept(upgrade)]
    differing = [(base, top) for base, top in pairs if base.vsn != top.vsn]
    if any(compared(top.vsn, base.vsn) != -1 for base, top in differing):
        return []
    return [f"{top.name} {base.vsn} -> {top.vsn}" for base, top in differing]
