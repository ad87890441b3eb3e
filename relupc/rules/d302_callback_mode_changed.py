"""D302 callback-mode-changed: a state machine asks its module for the mode when it starts, and in a code change."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import D302
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.handling import Handling, advanced, asks, converter, is_tool
from relupc.model.program import UpgradeCode
from relupc.model.spelling import module_name
from relupc.model.state import State
from relupc.rules.loaded import Loaded, loaded, states

ON = UpgradeCode
ENTER = "state_enter"
NOTE = "OTP takes the mode from the module that converts: going down that is the newer one, unless it is `static`"


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    for item in loaded(upgrade):
        pair = states(upgrade, item.change.module)
        if item.entry and item.handling and pair and pair[0].mode and pair[1].mode and pair[0].mode != pair[1].mode:
            program = asks(item.entry, item.handling)
            if program is not upgrade.post:
                yield _said(upgrade, item, item.handling, *pair)


def _said(upgrade: UpgradeCode, item: Loaded, handling: Handling, pre: State, post: State) -> Diagnostic:
    before, after = ([one for one in state.mode or () if one != ENTER] for state in (pre, post))
    only_more = before == after and ENTER not in (pre.mode or ())
    better = advanced(handling, static=upgrade.direction == "down")
    mends = is_tool(handling) and converter(upgrade.post, item.change.module)
    edits = replaced(handling.instruction, better) if mends else ()
    return D302.at(
        handling.module.span,
        f"`callback_mode/0` of `{module_name(item.change.module)}` becomes {_mode(post)}, "
        f"and running processes stay with {_mode(pre)}",
        path=item.entry.entry.appup.path if item.entry else None,
        help=f"write `{better}`" + ("" if mends or not is_tool(handling) else ", and export `code_change/4`"),
        notes=(NOTE,),
        subject=upgrade.upgrade.subject(item.diff.app, item.change.module),
        severity="warning" if only_more else None,
        fix=Fix(f"write `{better}`", edits, safe=False) if edits else None,
    )


def _mode(state: State) -> str:
    """The mode as it is written."""
    names = sorted(state.mode or (), key=lambda name: name == ENTER)
    return f"`{names[0]}`" if len(names) == 1 else f"`[{', '.join(names)}]`"
