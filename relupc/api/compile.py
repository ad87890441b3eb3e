"""Releases named by users -> a relup, or why there is none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from relupc.api.archives import opened
from relupc.api.asked import asked_otp
from relupc.api.builds import Build, check_options, is_lost, read_builds
from relupc.api.checks import checked
from relupc.model import disk
from relupc.model.build import Release
from relupc.model.codes import R115, R120, R121, T013
from relupc.model.config import Config
from relupc.model.diagnostic import (
    SEVERITIES,
    CompileError,
    ConfigError,
    Diagnostic,
    Direction,
    InputError,
    Problems,
)
from relupc.model.otp import OLDEST_OTP, otp_says
from relupc.model.outcome import Compiled, Failure, Level, Options, Outcome
from relupc.model.plan import Draft, Plan, Relup
from relupc.model.source import Source
from relupc.model.term import List, Term, has_fun, tup
from relupc.model.value import replace
from relupc.plan import run
from relupc.read.file import Unreadable
from relupc.read.text import read_first, read_text
from relupc.write import file_text, relup_term

FREE = ("apply", "code_change", "sync_nodes")  # instructions that may hold any term
Base: TypeAlias = "Build | tuple[Build, Term]"
_Way: TypeAlias = tuple[Direction, Build, Term]


def compile(  # noqa: A001 - the command's name
    new: Build,
    *,
    old: Iterable[Base] | Base = (),
    up_from: Iterable[Base] | Base = (),
    down_to: Iterable[Base] | Base = (),
    path: Iterable[str | os.PathLike[str]] | str | os.PathLike[str] = (),
    isolated: bool = False,
    otp_root: str | os.PathLike[str] | None = None,
    appups: str | os.PathLike[str] | None = None,
    otp: int | str | None = None,
    restart: bool = False,
    lint: bool = True,
    fail_on: Level = "error",
) -> Compiled:
    """The relup from and to other releases, as `systools:make_relup/4` makes it; docs/api.md says what to pass.

    Raises CompileError (the input has problems), InputError (no such release), ConfigError (a wrong argument).

    >>> out = compile("fixtures/demo/rel/shop-1.4.0.rel", old="fixtures/demo/rel/shop-1.3.0.rel")
    >>> out.relup.vsn, len(out.plans)
    ('1.4.0', 2)
    """
    options = Options(
        [path] if isinstance(path, str | os.PathLike) else list(path),
        isolated=isolated,
        otp_root=otp_root,
        appups=appups,
        otp=otp,
        restart=restart,
        lint=lint,
        fail_on=fail_on,
    )
    both = _listed(old)
    outcome = attempt(new, [*both, *_listed(up_from)], [*both, *_listed(down_to)], options)
    if outcome.compiled:
        return outcome.compiled
    error = {"files": InputError, "arguments": ConfigError}.get(outcome.failure or "", CompileError)
    raise error(list(outcome.diagnostics))


def attempt(
    new: Build, up_from: Sequence[Base], down_to: Sequence[Base], options: Options, config: Config | None = None
) -> Outcome:
    """As `compile`, but nothing is raised for bad input: the outcome says what is wrong."""
    problems = Problems()
    otp = asked_otp(options, Problems())
    ways: list[_Way] = [("up", *_base(base, otp, problems)) for base in up_from]
    ways += [("down", *_base(base, otp, problems)) for base in down_to]
    options = opened([new, *(build for _, build, _ in ways)], options, problems)
    search = check_options(options, problems)
    if problems.fatal:
        return _ended(problems, "files" if is_lost(problems) else "arguments", options.lint)
    builds = read_builds(new, [build for _, build, _ in ways], search, problems)
    top, compiled = builds.top, None
    if top:
        drafts = [
            (Draft(way, top, base, builds.appups, options.restart, builds.otp), description)
            for (way, _, description), base in zip(ways, builds.bases, strict=True)
            if base
        ]
        plans = [run(draft, description, problems) for draft, description in drafts]
        if options.lint and not problems.fatal:
            planned = [(draft, plan) for (draft, _), plan in zip(drafts, plans, strict=True) if plan]
            problems.found += checked(builds, planned, problems.found, config or Config(), search)
        compiled = _relup(top, plans, builds.otp, options, problems)
    failure: Failure | None = None if compiled else _failure(problems)
    releases = builds.read if top else ()
    ended = _ended(problems, failure, options.lint)
    return replace(ended, compiled=compiled, releases=releases, files=builds.files, otp=builds.otp)


def _relup(top: Release, plans: list[Plan | None], otp: int, options: Options, problems: Problems) -> Compiled | None:
    """The relup of all plans, its entries in the reverse order of what was asked for, as in OTP."""
    if not plans and not problems.fatal:
        problems.add(R121.at(top.span, "no old release is named", help="name one with --from"))
    problems.found = _said(problems, options.lint)
    _count_warnings(problems, options.fail_on)
    if problems.fatal:
        return None
    up, down = (tuple(p for p in reversed(plans) if p and p.direction == way) for way in ("up", "down"))
    relup = Relup(top.vsn, up, down)
    text = _text(relup, otp, problems)
    return Compiled(relup, text, tuple(problems.found), otp) if text else None


def _failure(problems: Problems) -> Failure:
    """Why there is no relup; a baseline that cannot be read is part of the configuration."""
    if is_lost(problems):
        return "files"
    return "arguments" if any(d.code is T013 for d in problems.found) else "input"


def _ended(problems: Problems, failure: Failure | None, lint: bool) -> Outcome:
    return Outcome(tuple(_said(problems, lint)), None, failure)


def _said(problems: Problems, lint: bool) -> list[Diagnostic]:
    """What was found; without `lint` only errors and what OTP itself would say."""
    return [d for d in problems.found if lint or d.severity == "error" or d.otp]


def _listed(bases: Iterable[Base] | Base) -> list[Base]:
    """One base or several -> several. A pair of a base and a term is one base."""
    if isinstance(bases, str | os.PathLike | Release):
        return [bases]
    if isinstance(bases, tuple) and len(bases) == 2 and not isinstance(bases[1], str | os.PathLike | Release | tuple):
        return [bases]
    return list(bases)


def _base(base: Base, otp: int | None, problems: Problems) -> tuple[Build, Term]:
    """A base and its description. `FILE=TERM` has one, unless there is a file of that whole name."""
    if isinstance(base, tuple):
        return base
    if not isinstance(base, str) or "=" not in base or disk.is_there(base) or disk.is_there(base + ".rel"):
        return base, List(())
    file, text = base.split("=", 1)
    term = read_text(text, "the description of " + file, otp or OLDEST_OTP)
    if isinstance(term, Unreadable):
        problems.add(term.diagnostic)
        return file, List(())
    return file, term


def _count_warnings(problems: Problems, fail_on: Level) -> None:
    """Make an error of warnings or notes that are to count as such, as systools' `warnings_as_errors` does."""
    if fail_on in ("error", "never") or problems.fatal:
        return
    limit = SEVERITIES.index(fail_on)
    counted = [d for d in problems.found if SEVERITIES.index(d.severity) <= limit]
    terms = [d.otp.reason for d in reversed(counted) if d.otp]
    if counted:
        problems.add(
            R115.at(
                None,
                f"{len(counted)} of them, and --fail-on is `{fail_on}`",
                help="remove their causes, or give another --fail-on",
                otp=otp_says("systools_relup", tup("warnings_treated_as_errors", List(tuple(terms))))
                if terms
                else None,
            )
        )


def _text(relup: Relup, otp: int, problems: Problems) -> str | None:
    """The text of the file, unless it cannot be read back: that is tried where more than names and values are in it."""
    term = relup_term(relup)
    text = file_text(term, otp)
    plans = (*relup.up, *relup.down)
    free = (step.instruction for plan in plans for name in FREE for step in plan.named.get(name, ()))
    if all(plan.description == List(()) for plan in plans) and not any(map(has_fun, free)):
        return text
    again = read_first(Source("relup", text), otp)
    if isinstance(again, Unreadable):  # OTP prints `fun 'end':f/1` without the quotes
        problems.add(
            R120.at(
                again.diagnostic.span,
                f"the file that OTP writes for this upgrade cannot be read back: {again.diagnostic.label}",
                help="write that part of the appup or the description in another way: a fun needs names without quotes",
            )
        )
        return None
    assert again == term, "the relup does not read as it was planned"
    return text
