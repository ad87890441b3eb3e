"""R006 start-type-change-ignored: an upgrade does not look at the start type in the .rel file."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.build import App
from relupc.model.changes import called_with, ends_in_restart, is_started, kept, restarted
from relupc.model.codes import R006
from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import Upgrade
from relupc.model.spelling import spell_atom

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    if ends_in_restart(upgrade):
        return
    handled = restarted(upgrade) | called_with(upgrade)
    for pre, post in kept(upgrade):
        if pre.type != post.type and post.name not in handled and (is_started(pre) or is_started(post)):
            label, advice = _effect(pre, post)
            yield R006.at(
                post.listed,
                f"{spell_atom(post.name)} was `{pre.type}` and is `{post.type}` here, but {label}",
                path=None if post.listed else upgrade.post.path,
                help=advice,
                subject=upgrade.subject(post.name),
            )


def _effect(pre: App, post: App) -> tuple[str, str]:
    name = spell_atom(post.name)
    if not is_started(pre) and is_started(post):
        call = f"{{apply, {{application, start, [{name}, {post.type}]}}}}"
        return "the upgrade does not start it", f"add `{call}` to an entry of an appup"
    if is_started(pre) and not is_started(post):
        return (
            "the upgrade does not stop it",
            f"add `{{apply, {{application, stop, [{name}]}}}}` to an entry of an appup",
        )
    return "it keeps the type that it was started with", f"`{{restart_application, {name}}}` starts it with the new one"
