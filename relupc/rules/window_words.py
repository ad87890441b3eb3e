"""For A401 and A405: a window in, its parts in words out."""

from __future__ import annotations

from relupc.model.calls import who
from relupc.model.instruction import name_of
from relupc.model.program import UpgradeCode
from relupc.model.spelling import function_name, module_name
from relupc.model.window import Window


def when(window: Window, other: str) -> str:
    """`loaded 2 steps after `shop_cart` is resumed`: when `other`, one of the two, changes, seen from the other one."""
    new, change = window.needs == "new", window.closes if window.needs == "new" else window.opens
    called = "removed" if change and name_of(change.instruction) == "remove" else "loaded"
    calls_it = ("resumed" if new else "suspended") if window.suspends else "loaded"
    steps = f"{window.steps} step{'' if window.steps == 1 else 's'}"
    if other == window.module:
        return f"{called} {steps} {'after' if new else 'before'} `{module_name(window.caller)}` is {calls_it}"
    return f"{calls_it} {steps} {'before' if new else 'after'} `{module_name(window.module)}` is {called}"


def calls(code: UpgradeCode, window: Window) -> str:
    """Who calls what, and which build has it."""
    (called, function, _), *more = window.calls
    build = "new" if window.is_newer(code.direction) else "old"
    others = f", and {len(more)} more such function{'s' if len(more) > 1 else ''}" if more else ""
    return (
        f"`{who(window.caller, function)}` calls `{function_name(*called)}`, which only the {build} build has{others}"
    )


def keep(window: Window) -> str:
    """What helps where no DepMods do."""
    name, called = module_name(window.module), window.calls[0][0]
    if window.both:
        return f"keep `{called.name}/{called.arity}` in `{name}` for one more version: no order is right for both sides"
    if window.needs == "new":
        return f"write the instruction for `{name}` before this one"
    return f"write the instruction for `{name}` after this one"
