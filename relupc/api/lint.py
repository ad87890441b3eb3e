"""Files and releases named by users -> what will hurt in their upgrades."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from relupc import rules
from relupc.api.archives import opened, within
from relupc.api.files import BUILDS, choose
from relupc.api.findings import by_hand, once, ruled
from relupc.api.found import Found
from relupc.api.silence import Ran, looked_at, silenced
from relupc.model.bound import bounded
from relupc.model.codes import T003, T007, T008, T013
from relupc.model.config import Config
from relupc.model.diagnostic import ConfigError, Diagnostic, InputError
from relupc.model.lint import Upgrade
from relupc.model.outcome import Failure, Linted, Options
from relupc.model.selection import ALWAYS, selected
from relupc.read.targets import Target

if TYPE_CHECKING:
    from relupc.model.comparison import Comparison

Path: TypeAlias = "str | os.PathLike[str]"


def lint(
    paths: Iterable[Path] | Path = (), old: Iterable[Path] | Path | None = None, config: Config | Path | None = None
) -> list[Diagnostic]:
    """What relupc finds in appups, applications and releases, in the order of reports; docs/api.md says more.

    Without paths the working folder is looked at. `config` is a Config or the path of a relupc.toml; without it none is
    read, and nothing is excluded. Raises InputError (a file that is not there), ConfigError (a wrong argument or
    configuration); never for what is found.

    >>> [d.code.code for d in lint("fixtures/codes/A105/bad/shop.appup")]
    ['A105']
    """
    named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    bases = [old] if isinstance(old, str | os.PathLike) else list(old or ())
    config = _config(config)
    options = Options(config.folders, appups=config.appups, otp=config.target_otp)
    linted = examine([os.fspath(p) for p in named], [os.fspath(b) for b in bases], options, config)
    found = [d for d in linted.diagnostics if d.suppressed is None]
    if linted.failure:
        raise (ConfigError if linted.failure == "arguments" else InputError)(found)
    return found


def _config(given: Config | Path | None) -> Config:
    if given is None:
        return Config(exclude=())
    if isinstance(given, Config):
        return given
    from relupc.config import settings_from  # noqa: PLC0415 - only for a file

    settings = settings_from(file=os.fspath(given))
    if settings.problems:
        raise ConfigError(list(settings.problems))
    return settings.config


def examine(paths: Sequence[str], old: Sequence[str], options: Options, config: Config) -> Linted:
    """As `lint`, with all that a report needs; nothing is raised. No path is the working folder."""
    found = Found(progress=options.progress)
    chosen = choose(paths, options, config, found.problems)
    if old and chosen.targets and not any(what.kind in BUILDS for what in chosen.targets):
        label, advice = "nothing here can be compared with another release", "name the new release, or leave --from out"
        found.problems.add(T008.at(None, label, path="--from", help=advice))
    options = opened([*paths, *old], options, found.problems)
    for what in options.progress.each(chosen.targets, "reading", "files"):
        _gather(what, old, options, config, found)
    codes = selected(config.select, config.ignore)
    skipped = rules.skipped(found.values, codes) if found.files else {}
    said = _met(found, codes)
    values = options.progress.each(found.values, "checking", "parts")
    shown = ruled(values, codes, config.options, said)  # may meet code that cannot be read
    said = _met(found, codes)
    files = tuple(dict.fromkeys(found.files))
    locked = found.scripts | within(files, options.archives)
    said = by_hand(bounded([*said, *shown]), locked)
    ran = Ran(codes, frozenset(code for of_need in skipped.values() for code in of_need))
    done = silenced(said, looked_at(found.values, codes), files, ran, config)
    headlines = "\n".join(sorted(set(found.headlines)))
    failure = _failure(done.diagnostics)
    compared = _compared(found.values, done.diagnostics)
    return Linted(done.diagnostics, files, skipped, headlines, chosen.excluded, failure, done.baseline, compared)


def _met(found: Found, codes: frozenset[str]) -> list[Diagnostic]:
    """What was met on the way so far, of these codes."""
    return bounded(once(d for d in found.problems.found if d.code.code in codes | ALWAYS))


def _compared(values: Sequence[object], said: Sequence[Diagnostic]) -> tuple[Comparison, ...]:
    """What changed between the builds that were compared, if any were."""
    if not any(isinstance(value, Upgrade) for value in values):
        return ()
    from relupc.api.comparison import comparisons  # noqa: PLC0415 - an appup alone needs none of it

    return comparisons(values, said)


def _failure(diagnostics: Iterable[Diagnostic]) -> Failure | None:
    """Why not all that was asked for could be done, if it could not."""
    codes = {d.code for d in diagnostics if d.severity == "error"}
    if codes & {T008, T013}:
        return "arguments"
    return "files" if codes & {T003, T007} else None


def _gather(what: Target, old: Sequence[str], options: Options, config: Config, found: Found) -> None:
    """Add what rules look at of one target; what the others need is not imported."""
    if what.kind == "application":
        from relupc.api.applications import application_values  # noqa: PLC0415

        application_values(what, old, options, found)
    elif what.kind in ("rel", "root"):
        from relupc.api.releases import release_values  # noqa: PLC0415

        release_values(what, old, options, config.otp_apps, found)
    elif what.kind == "relup":
        from relupc.api.relups import relup_values  # noqa: PLC0415

        relup_values(what.path, options, found)
    elif what.kind == "app":
        from relupc.api.apps import app_values  # noqa: PLC0415

        app_values(what.path, options, found)
    elif what.kind == "source":
        from relupc.api.sources import source_values  # noqa: PLC0415

        source_values(what.path, options, found)
    else:
        from relupc.api.appups import appup_values  # noqa: PLC0415

        appup_values(what.path, options, found)
