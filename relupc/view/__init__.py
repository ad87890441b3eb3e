"""A plan, or an entry of a relup -> a timeline: numbered steps, rows, suspended stretches, the order, a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from relupc.model.build import App, Release
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import POINT_OF_NO_RETURN
from relupc.model.lint import EntryPlan
from relupc.model.plan import Plan, Script, Step
from relupc.model.policy import Policy
from relupc.model.source import Span
from relupc.model.term import Term, Tuple
from relupc.model.timeline import AppChange, Timeline
from relupc.view.events import Homes, events_of, read_by
from relupc.view.order import order_of
from relupc.view.rows import rows_of, suspensions_of, verbs_of
from relupc.view.verdict import Looked, verdict_of


def timeline_of_plan(plan: Plan, policy: Policy, found: Iterable[Diagnostic] = ()) -> Timeline:
    """The timeline of a plan between two releases; `found` is what there is to say about the upgrade."""
    pre, post = (plan.base, plan.top) if plan.direction == "up" else (plan.top, plan.base)
    before, after = _apps(pre), _apps(post)
    changed = dict.fromkeys(script.app for script in plan.scripts if script.app in before or script.app in after)
    apps = tuple(AppChange(name, _vsn(before.get(name)), _vsn(after.get(name))) for name in changed)
    loaded = _modules(post)
    known = _modules(pre) | loaded
    events = events_of(plan.steps, Homes(known, _brought_in(plan.scripts)))
    looked = Looked(plan.direction, events, plan.scripts, apps, tuple(found), loaded)
    return _timeline(looked, policy, (plan.top.name, pre.vsn, post.vsn), plan.description, known)


def timeline_of_entry(entry: EntryPlan, policy: Policy, found: Iterable[Diagnostic] = ()) -> Timeline:
    """The timeline of an entry of a relup, which says neither what caused a step nor which order DepMods ask for."""
    steps = [Step(step.instruction, ()) for step in entry.steps]
    events = events_of(steps, Homes({}, {}))
    versions = {app: vsn for event in events for app, vsn in read_by(event.instruction)}
    apps = tuple(AppChange(app, None, vsn) for app, vsn in versions.items())
    subject = entry.subject()
    term = entry.entry.term
    description: Term = term.items[1] if isinstance(term, Tuple) and len(term.items) == 3 else Tuple(())
    looked = Looked(entry.direction, events, (), apps, tuple(found), None)
    return _timeline(looked, policy, ("", subject.old or "", subject.new or ""), description, {})


def _timeline(
    looked: Looked, policy: Policy, names: tuple[str, str, str], description: Term, known: Mapping[str, str]
) -> Timeline:
    events = looked.events
    edges, circles = order_of(looked.scripts, events)
    suspensions = suspensions_of(events)
    rows, verbs = rows_of(events, suspensions, [app.name for app in looked.apps], known), verbs_of(looked.scripts)
    release, old, new = names
    return Timeline(
        release=release,
        direction=looked.direction,
        old=old,
        new=new,
        total=len(events),
        events=events,
        suspensions=suspensions,
        rows=tuple(row._replace(verb=verbs.get(row.module, "")) for row in rows),
        apps=looked.apps,
        edges=edges,
        circles=circles,
        point=next((event.n for event in events if event.instruction == POINT_OF_NO_RETURN), 0),
        verdict=verdict_of(looked, policy),
        description=description,
    )


def _apps(release: Release) -> dict[str, App]:
    return {app.name: app for app in reversed(release.apps)}


def _vsn(app: App | None) -> str | None:
    return app.vsn if app else None


def _modules(release: Release) -> dict[str, str]:
    """Module -> the first application, in sorted order, that lists it."""
    return {module.name: app.name for app in reversed(release.sorted or release.apps) for module in app.modules}


def _brought_in(scripts: Iterable[Script]) -> dict[object, str]:
    """Text -> the application whose instructions stand in it."""
    return {
        cause.source: script.app
        for script in scripts
        for step in script.steps
        for cause in step.because
        if isinstance(cause, Span)
    }


__all__ = ["timeline_of_entry", "timeline_of_plan"]
