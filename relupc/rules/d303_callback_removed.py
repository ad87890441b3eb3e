"""D303 callback-removed: messages for it are still on their way, in mailboxes and timers."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA
from relupc.model.code import Module, options, origin_of
from relupc.model.codes import D303
from relupc.model.diagnostic import Diagnostic, Severity
from relupc.model.program import UpgradeCode
from relupc.model.spelling import module_name
from relupc.model.state import State
from relupc.model.term import Tuple, as_atom
from relupc.rules.loaded import loaded, states

ON = UpgradeCode
UNDEF = (None, "a message for it that is still on its way ends the process with `undef`")
LOGGED: tuple[Severity, str] = ("note", "a message for it that is still on its way is only logged")
# Callbacks by behaviour, and what becomes of a process without them.
WANTED: dict[str, dict[FA, tuple[Severity | None, str]]] = {
    "gen_server": {FA("handle_call", 3): UNDEF, FA("handle_cast", 2): UNDEF, FA("handle_info", 2): LOGGED},
    "gen_event": {FA("handle_event", 2): UNDEF, FA("handle_call", 2): UNDEF},
}


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    for item in loaded(upgrade):
        pair, old, new = states(upgrade, item.change.module), item.change.old, item.change.new
        if pair is None or old is None or new is None or item.handling is None or item.entry is None:
            continue
        for fa, (severity, note) in wanted(old, *pair, converted=item.handling.converts is not None).items():
            if fa in old.exports and fa not in new.exports:
                yield D303.at(
                    item.handling.module.span,
                    f"`{fa.name}/{fa.arity}` of `{module_name(new.name)}` is not in {upgrade.post.apps[item.diff.app]}",
                    path=item.entry.entry.appup.path,
                    help=f"keep `{fa.name}/{fa.arity}` for one more version",
                    notes=(note,),
                    subject=upgrade.upgrade.subject(item.diff.app, new.name),
                    severity=severity,
                )


def wanted(old: Module, pre: State, post: State, *, converted: bool) -> dict[FA, tuple[Severity | None, str]]:
    """The callbacks that it needs: each state that a state machine is in, but it may be converted to another one."""
    if pre.kind == "gen_statem":
        stays = pre.mode == post.mode and "state_functions" in (pre.mode or ()) and not converted
        return {FA(name, 3): (None, "a process in this state ends with `undef`") for name in pre.names} if stays else {}
    return {fa: why for fa, why in WANTED.get(pre.kind, {}).items() if does_something(old, fa)}


def does_something(module: Module, fa: FA) -> bool:
    """Whether a callback does more than to go on with its state, for all messages alike."""
    function = module.functions.get(fa)
    ways = [way for value in function.returns for way in options(value)] if function else []
    plain = all(isinstance(way, Tuple) and as_atom(way.items[0]) != "stop" and origin_of(way.items[-1]) for way in ways)
    return not function or not ways or not plain or bool(function.tests or function.calls)
