"""What other tools call: files named by users -> results. The only place where the verbs meet."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from relupc.model.appup import Appup
from relupc.model.build import Release
from relupc.model.codes import R115, R120, R121, T003, T008
from relupc.model.diagnostic import (
    SEVERITIES,
    CompileError,
    ConfigError,
    Diagnostic,
    Direction,
    InputError,
    Problems,
)
from relupc.model.otp import otp_says
from relupc.model.outcome import Compiled, Failure, Level, Options, Outcome
from relupc.model.plan import Draft, Plan, Relup
from relupc.model.source import Source
from relupc.model.term import List, Term, tup
from relupc.plan import run
from relupc.read.appup import read_appup
from relupc.read.file import Unreadable
from relupc.read.find import appup_path, appups_below, expand, locate, search_for
from relupc.read.release import NEWEST_OTP, OLDEST_OTP, Library, otp_of, read_release
from relupc.read.text import read_first, read_text
from relupc.validate import validate
from relupc.write import file_text, relup_term

Build: TypeAlias = "str | os.PathLike[str] | Release"
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


def attempt(new: Build, up_from: Sequence[Base], down_to: Sequence[Base], options: Options) -> Outcome:
    """As `compile`, but nothing is raised for bad input: the outcome says what is wrong."""
    problems = Problems()
    number = _otp(options, problems)
    ways: list[_Way] = [("up", *_base(base, number, problems)) for base in up_from]
    ways += [("down", *_base(base, number, problems)) for base in down_to]
    folders = _folders([os.fspath(element) for element in options.path], problems)
    otp_root = _folder(options.otp_root, "--otp-root", problems)
    appups = _folder(options.appups, "--appups", problems)
    if problems.fatal:
        return _ended(problems, "arguments", options.lint)
    builds = {_key(build): build for build in (new, *(build for _, build, _ in ways))}
    named = {key: _find(build, new, folders, problems) for key, build in builds.items()}
    rels = [rel for rel in named.values() if isinstance(rel, str)]
    library = Library(search_for(folders, rels, options.isolated, otp_root), number)
    releases = {key: _release(key, build, library, problems) for key, build in named.items()}
    read = tuple(release for release in releases.values() if release)
    known, compiled = dict[tuple[str, str], Appup](), None
    if top := releases[_key(new)]:
        rules = library.otp or otp_of(top.erts)
        known = _appups(top, read[1:], appups, rules, problems)
        bases = [(way, base, text) for way, build, text in ways if (base := releases[_key(build)])]
        plans = [run(Draft(w, top, base, known, options.restart, rules), text, problems) for w, base, text in bases]
        compiled = _relup(top, plans, rules, options, problems)
    failure: Failure | None = None if compiled else "files" if _is_lost(problems) else "input"
    files = (*rels, *library.files, *(appup.path for appup in known.values()))
    return replace(
        _ended(problems, failure, options.lint), compiled=compiled, releases=read if top else (), files=files
    )


def _is_lost(problems: Problems) -> bool:
    """Whether a release that was named cannot be read at all."""
    return any(d.code is T003 and d.subject.app is None for d in problems.found)


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


def _ended(problems: Problems, failure: Failure | None, lint: bool) -> Outcome:
    return Outcome(tuple(_said(problems, lint)), None, failure)


def _said(problems: Problems, lint: bool) -> list[Diagnostic]:
    """What was found; without `lint` only errors and what OTP itself would say."""
    return [d for d in problems.found if lint or d.severity == "error" or d.otp]


def _folders(elements: list[str], problems: Problems) -> list[str]:
    """The folders of --path; OTP passes over what is not there, which hides typing errors."""
    folders: list[str] = []
    for element in elements:
        found = expand(element)
        folders += found
        if not found:
            label, advice = "no folder fits this", "correct or delete this --path"
            problems.add(T008.at(None, label, path=element, help=advice, severity="warning"))
    return folders


def _folder(folder: str | os.PathLike[str] | None, flag: str, problems: Problems) -> str | None:
    """The folder of a flag, which must be there."""
    if folder is not None and not os.path.isdir(folder):
        problems.add(T008.at(None, "no such folder", path=os.fspath(folder), help=f"name a folder with {flag}"))
    return None if folder is None else os.fspath(folder)


def _otp(options: Options, problems: Problems) -> int | None:
    """The OTP asked for, if any; what is no option is reported."""
    if options.fail_on not in (*SEVERITIES, "never"):
        label = f"`{options.fail_on}` is no severity"
        problems.add(T008.at(None, label, path="--fail-on", help="name error, warning, note or never"))
    if options.otp is None:
        return None
    major = str(options.otp).partition(".")[0]
    if major in map(str, range(OLDEST_OTP, NEWEST_OTP + 1)):
        return int(major)
    label = f"`{options.otp}` is no OTP whose rules are known"
    problems.add(T008.at(None, label, path="--otp", help=f"name one from {OLDEST_OTP} to {NEWEST_OTP}"))
    return None


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
    if not isinstance(base, str) or "=" not in base or os.path.exists(base) or os.path.exists(base + ".rel"):
        return base, List(())
    file, text = base.split("=", 1)
    term = read_text(text, "the description of " + file, otp or OLDEST_OTP)
    if isinstance(term, Unreadable):
        problems.add(term.diagnostic)
        return file, List(())
    return file, term


def _key(build: Build) -> str | int:
    """By which a release is known within one call."""
    return id(build) if isinstance(build, Release) else os.fspath(build)


def _find(build: Build, new: Build, folders: list[str], problems: Problems) -> Release | str | None:
    if isinstance(build, Release):
        return build
    return locate(os.fspath(build), "" if isinstance(new, Release) else os.fspath(new), folders, problems)


def _release(name: str | int, build: Release | str | None, library: Library, problems: Problems) -> Release | None:
    if build is None or isinstance(build, Release):
        return build
    release = read_release(str(name), build, library, problems)
    return validate(release, problems) if release else None


def _appups(
    top: Release, bases: Sequence[Release], folder: str | None, otp: int, problems: Problems
) -> dict[tuple[str, str], Appup]:
    """The appups of all applications that have another version in some base."""
    versions = [{app.name: app.vsn for app in reversed(base.apps)} for base in bases]
    changed = [app for app in top.sorted if any(app.name in v and v[app.name] != app.vsn for v in versions)]
    below = appups_below(folder) if folder else {}
    found = {(a.name, a.vsn): read_appup(a, appup_path(a, below), otp, problems) for a in changed}
    return {key: appup for key, appup in found.items() if appup}


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
    """The text of the file, read back and compared with the plan: a difference is a bug of relupc."""
    term = relup_term(relup)
    text = file_text(term, otp)
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
