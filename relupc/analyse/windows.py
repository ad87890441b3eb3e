"""The steps of an upgrade and the builds before and after it -> which calls can meet a function that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relupc.model.calls import missing
from relupc.model.instruction import modules, name_of
from relupc.model.plan import Step
from relupc.model.program import Program
from relupc.model.value import NamedTuple
from relupc.model.window import Window

_HALTS, _GOES_ON = ("suspend", "stop"), ("resume", "start")


class Stretch(NamedTuple):
    """When the code of a module changes, and from when to when its processes stand still for that."""

    load: int
    halt: int | None
    goes_on: int | None

    @property
    def old_until(self) -> int:
        return self.load if self.halt is None else self.halt

    @property
    def new_from(self) -> int:
        return self.load if self.goes_on is None else self.goes_on


class Order(NamedTuple):
    """When modules are loaded, and when those are removed that are not loaded; `back` are loaded after a removal."""

    loaded: dict[str, Stretch]
    removed: dict[str, int]
    back: frozenset[str]


def windows_of(steps: Sequence[Step], pre: Program, post: Program) -> tuple[Window, ...]:
    """The windows, by the caller, in the order in which callers are loaded.

    Nothing is said of callers that are new, go away, or come back with an application that is restarted.
    """
    order = _order(steps)
    found: list[Window] = []
    for name, stretch in order.loaded.items():
        old, new = pre.modules.get(name), post.modules.get(name)
        if old is None or new is None or name in order.back or old.app not in post.apps or new.app not in pre.apps:
            continue
        needs_new, needs_old = missing(new, post, pre), missing(old, pre, post)
        for callee, calls in needs_new.items():
            changes = _changes(callee, order, removed=False)
            window = Window(name, callee, "new", calls, stretch.halt is not None, callee in needs_old)
            found += _open(window, stretch.new_from, changes, steps)
        for callee, calls in needs_old.items():
            if pre.modules[callee].app in post.apps:
                changes = _changes(callee, order, removed=True)
                window = Window(name, callee, "old", calls, stretch.halt is not None, callee in needs_new)
                found += _open(window, changes, stretch.old_until, steps)
    return tuple(found)


def _open(window: Window, opens: int | None, closes: int | None, steps: Sequence[Step]) -> Iterator[Window]:
    """The window with its steps, if there is one."""
    if opens is not None and closes is not None and opens < closes:
        yield window._replace(opens=steps[opens], closes=steps[closes], steps=closes - opens)


def _changes(module: str, order: Order, *, removed: bool) -> int | None:
    """The step with which a module becomes what it is to be; None if there is none, or others come with it."""
    if module in order.back:
        return None
    stretch = order.loaded.get(module)
    return stretch.load if stretch else order.removed.get(module) if removed else None


def _order(steps: Sequence[Step]) -> Order:
    loads, removals, halts = dict[str, int](), dict[str, int](), dict[str, list[list[int]]]()
    for number, step in enumerate(steps):
        kind = name_of(step.instruction)
        for module in modules(step.instruction):
            if kind == "load":
                loads.setdefault(module.name, number)
            elif kind == "remove":
                removals.setdefault(module.name, number)
            elif kind in _HALTS:
                halts.setdefault(module.name, []).append([number, len(steps)])
            elif kind in _GOES_ON and module.name in halts:
                halts[module.name][-1][1] = number
    loaded = {}
    for name, load in loads.items():
        around = next(((a, b) for a, b in halts.get(name, ()) if a < load < b), None)
        loaded[name] = Stretch(load, *(around or (None, None)))
    removed = {name: number for name, number in removals.items() if name not in loads}
    return Order(loaded, removed, frozenset(loads.keys() & removals.keys()))
