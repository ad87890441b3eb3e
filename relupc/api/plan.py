"""A relup, or releases named by users -> timelines: what will happen, step by step."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from relupc.api.builds import Build, check_options
from relupc.api.compile import attempt
from relupc.model.codes import T008
from relupc.model.config import Config
from relupc.model.diagnostic import CompileError, ConfigError, Diagnostic, Direction, InputError, Problems
from relupc.model.difference import Difference
from relupc.model.guess import nearest
from relupc.model.lint import EntryPlan, RelupFile
from relupc.model.otp import OLDEST_OTP
from relupc.model.outcome import Compiled, Options, Outcome
from relupc.model.plan import Plan
from relupc.model.term import List, Term, string, tup
from relupc.model.timeline import Planned, Timeline
from relupc.model.value import dataclass, replace
from relupc.plan.relup import verify_relup
from relupc.read.relup import read_relup
from relupc.read.targets import target
from relupc.view import timeline_of_entry, timeline_of_plan
from relupc.view.against import differences
from relupc.view.only import only as cut_to
from relupc.view.only import unknown
from relupc.write import file_text

Directions: TypeAlias = Literal["up", "down", "both"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which ways, and which part of them: all, or what is about some applications or modules."""

    direction: Directions = "both"
    only: tuple[str, ...] = ()

    def has(self, direction: str) -> bool:
        return self.direction in (direction, "both")


def plans(
    what: Build,
    *,
    old: Iterable[str | os.PathLike[str]] | str | os.PathLike[str] = (),
    direction: Directions = "both",
    only: Iterable[str] | str = (),
    path: Iterable[str | os.PathLike[str]] | str | os.PathLike[str] = (),
    isolated: bool = False,
    otp_root: str | os.PathLike[str] | None = None,
    appups: str | os.PathLike[str] | None = None,
    otp: int | str | None = None,
    config: Config | None = None,
) -> list[Timeline]:
    """What will happen in an upgrade: of a relup, or of a release and its old ones; docs/api.md says what to pass.

    Raises CompileError (there is no plan), InputError (no such file), ConfigError (a wrong argument).

    >>> [up] = plans("fixtures/demo/rel/shop-1.4.0.rel", old="fixtures/demo/rel/shop-1.3.0.rel", direction="up")
    >>> up.verdict.name, [(s.module, s.first, s.last) for s in up.suspensions]
    ('hot', [('shop_cart', 9, 15), ('store_db', 9, 15), ('shop_sup', 16, 19)])
    """
    bases = [old] if isinstance(old, str | os.PathLike) else list(old)
    folders = [path] if isinstance(path, str | os.PathLike) else list(path)
    options = Options(folders, isolated=isolated, otp_root=otp_root, appups=appups, otp=otp)
    asked = Asked(direction, (only,) if isinstance(only, str) else tuple(only))
    found = planned(what, [os.fspath(base) for base in bases], asked, options, config)
    if found.failure:
        error = {"files": InputError, "arguments": ConfigError}.get(found.failure, CompileError)
        raise error(list(found.diagnostics))
    return list(found.timelines)


def planned(what: Build, old: Sequence[str], asked: Asked, options: Options, config: Config | None = None) -> Planned:
    """As `plans`, but nothing is raised for bad input."""
    settings = config or Config()
    relup = relup_named(what)
    found = (
        _of_relup(relup, old, asked, options, settings) if relup else _of_builds(what, old, asked, options, settings)
    )
    lost = unknown(found.timelines, asked.only) if found.timelines else []
    if lost:
        return replace(found, timelines=(), diagnostics=tuple(map(_no_name, lost)), failure="arguments")
    if asked.only:
        return replace(found, timelines=tuple(cut_to(timeline, asked.only) for timeline in found.timelines))
    return found


def relup_named(what: Build) -> str | None:
    """The path of a relup, if a relup is named: a file that is no release."""
    if not isinstance(what, str | os.PathLike):
        return None
    path = os.fspath(what)
    kind = target(path)
    is_one = kind.kind == "relup" if kind else os.path.isfile(path)
    return path if is_one else None


def between(before: Planned, after: Planned) -> tuple[Difference, ...]:
    """How one plan differs from another, way by way; also what does not differ."""
    return differences(before.timelines, after.timelines)


def term_text(found: Planned) -> str:
    """The timelines as a relup: with all of them, and nothing left out, that which `compile` writes."""
    ways = [
        List(tuple(_entry(timeline) for timeline in found.timelines if timeline.direction == direction))
        for direction in ("up", "down")
    ]
    return file_text(tup(string(found.vsn), *ways), found.otp)


def _entry(timeline: Timeline) -> Term:
    other = timeline.old if timeline.direction == "up" else timeline.new
    script = List(tuple(event.instruction for event in timeline.events))
    return tup(string(other), timeline.description, script)


def _no_name(name: str) -> Diagnostic:
    label = f"no application and no module of this plan is called `{name}`"
    return T008.at(None, label, path="--only", help="name one that the plan without --only shows")


def _of_builds(what: Build, old: Sequence[str], asked: Asked, options: Options, config: Config) -> Planned:
    outcome = attempt(what, old if asked.has("up") else (), old if asked.has("down") else (), options, config)
    if outcome.compiled is None:
        return Planned((), outcome.diagnostics, files=outcome.files, failure=outcome.failure or "input")
    ways = list(_in_order(outcome.compiled))
    timelines = tuple(timeline_of_plan(plan, config.policy, _about(plan, ways, outcome)) for plan in ways)
    compiled = outcome.compiled
    return Planned(timelines, outcome.diagnostics, compiled.relup.vsn, compiled.otp, outcome.files)


def _in_order(compiled: Compiled) -> Iterator[Plan]:
    """The plans in the order in which the bases were named, the way up before the way down."""
    found: dict[int, list[Plan]] = {}
    for plan in (*reversed(compiled.relup.up), *reversed(compiled.relup.down)):
        found.setdefault(id(plan.base), []).append(plan)
    return (plan for plans_ in found.values() for plan in plans_)


def _about(plan: Plan, ways: Sequence[Plan], outcome: Outcome) -> Iterator[Diagnostic]:
    """What there is to say of one way: not what is said of another direction, or of another old release."""
    others = {frozenset((way.base.vsn, way.top.vsn)) for way in ways} - {frozenset((plan.base.vsn, plan.top.vsn))}
    for d in outcome.diagnostics:
        versions = frozenset((d.subject.old, d.subject.new))
        if d.subject.direction in (None, plan.direction) and versions not in others:
            yield d


def _of_relup(path: str, versions: Sequence[str], asked: Asked, options: Options, config: Config) -> Planned:
    problems = Problems()
    search = check_options(options, problems)
    if problems.fatal:
        return Planned((), tuple(problems.found), failure="arguments")
    otp = search.otp or OLDEST_OTP
    relup = read_relup(path, otp, problems, options.texts)
    if not isinstance(relup, RelupFile):
        is_lost = any(d.code.code == "T003" for d in problems.found)
        return Planned((), tuple(problems.found), files=(path,), failure="files" if is_lost else "input")
    verify_relup(relup, problems)
    known = list(dict.fromkeys(_version(entry) for entry in relup.entries))
    lost = [_no_version(version, known, path) for version in versions if version not in known]
    if lost:
        return Planned((), tuple(lost), files=(path,), failure="arguments")
    entries = [e for e in relup.entries if asked.has(e.direction) and (not versions or _version(e) in versions)]
    if not entries:
        return Planned((), (_no_way(relup.entries, versions, asked, path),), files=(path,), failure="arguments")
    entries.sort(key=lambda entry: known.index(_version(entry)))
    timelines = tuple(timeline_of_entry(entry, config.policy, _about_entry(entry, problems)) for entry in entries)
    others = {_way(entry) for entry in relup.entries} - {_way(entry) for entry in entries}
    said = tuple(d for d in problems.found if (d.subject.direction, d.subject.old, d.subject.new) not in others)
    vsn = relup.entries[0].subject() if relup.entries else None
    own = (vsn.new if relup.entries[0].direction == "up" else vsn.old) if vsn else ""
    return Planned(timelines, said, own or "", otp, (path,))


def _version(entry: EntryPlan) -> str:
    """The version that an entry of a relup leads from or to."""
    subject = entry.subject()
    return (subject.old if entry.direction == "up" else subject.new) or ""


def _no_version(version: str, known: Sequence[str], path: str) -> Diagnostic:
    guess = nearest(version, known)
    there = ", ".join(known) or "no entry at all"
    label = f"this relup has no entry for `{version}`"
    return T008.at(None, label, path=path, help=f"did you mean `{guess}`?" if guess else f"there is {there}")


def _no_way(entries: Sequence[EntryPlan], versions: Sequence[str], asked: Asked, path: str) -> Diagnostic:
    """What to say where a relup has no entry of the direction that was asked for."""
    if not entries:
        return T008.at(None, "this relup has no entry at all", path=path, help="name another relup")
    to = f" for {' or '.join(f'`{version}`' for version in versions)}" if versions else ""
    there = "down" if asked.direction == "up" else "up"
    label = f"this relup has no way {asked.direction}{to}"
    return T008.at(None, label, path=path, help=f"there is a way {there}: --direction {there}")


def _way(entry: EntryPlan) -> tuple[Direction | None, str | None, str | None]:
    subject = entry.subject()
    return subject.direction, subject.old, subject.new


def _about_entry(entry: EntryPlan, problems: Problems) -> Iterator[Diagnostic]:
    """What there is to say of one entry of a relup."""
    mine = _way(entry)
    for d in problems.found:
        if (d.subject.direction, d.subject.old, d.subject.new) in (mine, (None, None, None)):
            yield d
