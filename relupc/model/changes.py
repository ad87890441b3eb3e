"""An upgrade in, what changes in it out: applications that come, go and change, and the instructions for modules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relupc.model.appup import Entry
from relupc.model.build import App
from relupc.model.instruction import RESTART_EMULATOR, RESTART_NEW_EMULATOR, argument, modules
from relupc.model.lint import Upgrade
from relupc.model.plan import Script, Step
from relupc.model.source import Span
from relupc.model.term import Atom, List, Map, Term, Tuple
from relupc.model.value import NamedTuple

LOADS = ("load_module", "update", "add_module", "load")
REMOVALS = ("delete_module", "remove")
NOT_STARTED = ("load", "none")


class Change(NamedTuple):
    """An application that is in both releases in another version, and its instructions."""

    pre: App
    post: App
    script: Script


def changed(upgrade: Upgrade) -> Iterator[Change]:
    """The applications whose appup has instructions for this upgrade, but for those left out."""
    pre = {app.name: app for app in reversed(upgrade.pre.apps)}
    post = {app.name: app for app in reversed(upgrade.post.apps)}
    for script in upgrade.scripts:
        old, new = pre.get(script.app), post.get(script.app)
        if old and new and old.vsn != new.vsn and script.app not in upgrade.left_out:
            yield Change(old, new, script)


def added(upgrade: Upgrade) -> list[App]:
    """The applications that the upgrade brings in, in the order in which they are started: that of the .rel file."""
    return _without(upgrade.post.apps, upgrade.pre.apps)


def gone(upgrade: Upgrade) -> list[App]:
    """The applications that the upgrade takes out, in the order in which they are stopped: that of the .rel file."""
    return _without(upgrade.pre.apps, upgrade.post.apps)


def _without(apps: Iterable[App], others: Iterable[App]) -> list[App]:
    names = {app.name for app in others}
    return list({app.name: app for app in apps if app.name not in names}.values())


def kept(upgrade: Upgrade) -> Iterator[tuple[App, App]]:
    """The applications that are in both releases, as they are before and after, whatever their versions."""
    pre = {app.name: app for app in reversed(upgrade.pre.apps)}
    post = {app.name: app for app in reversed(upgrade.post.apps)}
    return ((pre[name], app) for name, app in reversed(post.items()) if name in pre)


def instructions(upgrade: Upgrade) -> Iterator[Step]:
    """The instructions of all appups and those that the releases cause by themselves."""
    return (step for script in upgrade.scripts for step in script.steps)


def about(upgrade: Upgrade, names: tuple[str, ...]) -> dict[str, Atom]:
    """The modules that instructions of these names are about, each as it is written there for the first time."""
    found: dict[str, Atom] = {}
    for step in (step for name in names for step in upgrade.named.get(name, ())):
        for module in modules(step.instruction):
            found.setdefault(module.name, module)
    return found


def restarted(upgrade: Upgrade) -> set[str]:
    """The applications that instructions restart."""
    terms = (argument(step.instruction) for step in upgrade.named.get("restart_application", ()))
    return {term.name for term in terms if isinstance(term, Atom)}


def ends_in_restart(upgrade: Upgrade) -> bool:
    """Whether the node boots the new release at the end, so that all else comes to nothing."""
    ends = (RESTART_EMULATOR,) if upgrade.direction == "up" else (RESTART_EMULATOR, RESTART_NEW_EMULATOR)
    return any(step.instruction == end for end in ends for step in upgrade.named.get(end.name, ()))


def restarts_emulator(upgrade: Upgrade) -> bool:
    """Whether the emulator starts anew somewhere on the way."""
    ends = (RESTART_EMULATOR, RESTART_NEW_EMULATOR)
    return any(step.instruction == end for end in ends for step in upgrade.named.get(end.name, ()))


def called_with(upgrade: Upgrade) -> set[str]:
    """Every atom in an `apply`: a call may do by hand what an instruction would."""
    return {name for step in upgrade.named.get("apply", ()) for name in _atoms(step.instruction)}


def _atoms(term: Term) -> Iterator[str]:
    match term:
        case Atom(name):
            yield name
        case Tuple(items) | List(items):
            for item in items:
                yield from _atoms(item)
        case Map(pairs):
            for pair in pairs:
                yield from (name for part in pair for name in _atoms(part))


def entry_of(upgrade: Upgrade, script: Script) -> Entry | None:
    """The entry of the appup that a script is from."""
    top = upgrade.top.app(script.app)
    appup = upgrade.appups.get((top.name, top.vsn)) if top else None
    entries = (appup.up if upgrade.direction == "up" else appup.down).items if appup else ()
    return next((entry for entry in entries if entry.key.span and entry.key.span == script.because), None)


def place(script: Script) -> Span | None:
    """Where a script begins: the key of its entry."""
    return None if isinstance(script.because, str) else script.because


def is_started(app: App) -> bool:
    """Whether an application of a release is started when the release is."""
    return app.type not in NOT_STARTED
