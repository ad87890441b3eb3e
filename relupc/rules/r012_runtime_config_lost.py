"""R012 runtime-config-lost: an installation sets all configuration anew, from sys.config and .app files alone."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import R012
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import argument, name_of
from relupc.model.lint import EntryPlan, ReleaseFolder, RelupFile
from relupc.model.otp import OTP_APPLICATIONS
from relupc.model.term import Atom, List, Term, Tuple

ON = ReleaseFolder
ELIXIR = ("elixir", "eex", "ex_unit", "iex", "logger", "mix")


def check(folder: ReleaseFolder) -> Iterator[Diagnostic]:
    provider = _provider(folder.sys_config) if not isinstance(folder.sys_config, Diagnostic) else None
    if not provider and not folder.runtime_exs:
        return
    ours = [app for app in folder.release.apps if app.name not in OTP_APPLICATIONS and app.name not in ELIXIR]
    modules = {module.name for app in ours for module in app.modules}
    relup = folder.relup if isinstance(folder.relup, RelupFile) else None
    upgrades = [entry for entry in relup.entries if entry.direction == "up"] if relup else []
    if upgrades and all(_reads_again(entry, modules) for entry in upgrades):
        return
    yield R012.at(
        provider.span if provider else None,
        "what is read when the node starts is gone after an upgrade",
        path=folder.runtime_exs,
        help="begin the script with an `apply` of a function of yours that reads it again",
        notes=("install_release sets all configuration anew from sys.config and the .app files, and runs no provider",),
        severity=None if relup else "note",  # without a relup nobody knows how it will begin
    )


def _provider(config: Term | None) -> Term | None:
    """The key that Elixir's releases use for configuration which is read at the start."""
    match config:
        case List(items):
            envs = (
                i.items[1] for i in items if isinstance(i, Tuple) and i.items[:1] == (Atom("elixir"),) and i.items[1:]
            )
            pairs = (pair for env in envs if isinstance(env, List) for pair in env.items)
            keys = (pair.items[0] for pair in pairs if isinstance(pair, Tuple) and pair.items)
            return next((key for key in keys if key == Atom("config_provider_init")), None)
    return None


def _reads_again(entry: EntryPlan, ours: set[str]) -> bool:
    """Whether a script calls a function of the project before it suspends anything."""
    for step in entry.steps:
        if name_of(step.instruction) == "suspend":
            return False
        match step.instruction, argument(step.instruction):
            case Tuple((Atom("apply"), _)), Tuple((Atom(module), _, _)) if module in ours:
                return True
    return False
