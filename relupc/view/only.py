"""A timeline and names of applications or modules -> what of it is about them; the numbers of the steps stay."""

from __future__ import annotations

from collections.abc import Collection

from relupc.model.instruction import POINT_OF_NO_RETURN
from relupc.model.spelling import module_name
from relupc.model.timeline import Timeline
from relupc.model.value import replace


def only(timeline: Timeline, names: Collection[str]) -> Timeline:
    """What is about these; the point of no return always stays. Elixir's modules may be written either way."""
    wanted = frozenset(names)

    def is_wanted(app: str, *modules: str) -> bool:
        return app in wanted or any(name in wanted or module_name(name) in wanted for name in modules)

    homes = timeline.homes
    events = (
        event
        for event in timeline.events
        if event.instruction == POINT_OF_NO_RETURN
        or is_wanted(event.app, *event.modules)
        or any(homes.get(module) in wanted for module in event.modules)
    )
    rows = tuple(row for row in timeline.rows if is_wanted(row.app, row.module))
    return replace(
        timeline,
        events=tuple(events),
        suspensions=tuple(one for one in timeline.suspensions if is_wanted(homes.get(one.module, ""), one.module)),
        rows=rows,
        apps=tuple(app for app in timeline.apps if app.name in {row.app for row in rows}),
        edges=tuple(edge for edge in timeline.edges if any(is_wanted(homes.get(name, ""), name) for name in edge)),
    )


def unknown(timelines: Collection[Timeline], names: Collection[str]) -> list[str]:
    """The names that no timeline has an application or a module of."""
    known: set[str] = set()
    for timeline in timelines:
        known.update(app.name for app in timeline.apps)
        known.update(name for row in timeline.rows for name in (row.app, row.module, module_name(row.module)) if name)
    return [name for name in names if name not in known]
