"""R003 runtime-or-core-app-changed: another kernel, stdlib or sasl comes with a restart of the emulator."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.build import App
from relupc.model.changes import kept
from relupc.model.codes import R003
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import RESTART_EMULATOR, RESTART_NEW_EMULATOR
from relupc.model.lint import Upgrade

ON = Upgrade
CORE = ("kernel", "stdlib", "sasl")


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    # Another erts is told of by R113, which OTP says too.
    core = ((pre, post) for pre, post in kept(upgrade) if post.name in CORE)
    pairs = {post.name: (pre, post) for pre, post in core if _restarts(pre, post, upgrade)}
    if pairs:
        ordered = [pairs[name] if upgrade.direction == "up" else pairs[name][::-1] for name in CORE if name in pairs]
        top = ordered[0][1]
        changes = ", ".join(f"{base.name} {base.vsn} -> {app.vsn}" for base, app in ordered)
        yield R003.at(
            top.listed,
            f"{changes}: the node does not go on running in this upgrade",
            path=None if top.listed else upgrade.top.path,
            help="plan it as a restart, or build both releases with one OTP",
            notes=("OTP's own appups of these restart the emulator",),
            subject=upgrade.both_ways(top.name),
        )


def _restarts(pre: App, post: App, upgrade: Upgrade) -> bool:
    """Whether an application has another version, and an appup that restarts the emulator, or none that is known."""
    script = upgrade.script(post.name)
    instructions = [step.instruction for step in script.steps] if script else [RESTART_NEW_EMULATOR]
    return pre.vsn != post.vsn and not {RESTART_EMULATOR, RESTART_NEW_EMULATOR}.isdisjoint(instructions)
