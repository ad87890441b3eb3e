"""What an upgrade does, what is known against it and what a policy forbids -> a verdict with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.model.diagnostic import Diagnostic, Direction
from relupc.model.instruction import RESTART_EMULATOR, RESTART_NEW_EMULATOR, argument
from relupc.model.plan import Script
from relupc.model.policy import Policy
from relupc.model.source import Span
from relupc.model.spelling import listed, module_name, spell_atom
from relupc.model.term import Atom, Tuple, as_atom, as_list
from relupc.model.timeline import VERDICTS, AppChange, Event, Reason, Verdict, VerdictName
from relupc.model.value import NamedTuple
from relupc.view.events import called_by, started_or_stopped

#: What ends the node, whatever comes behind it (init, erlang).
_ENDS = {
    ("init", "stop"): "stops",
    ("init", "restart"): "restarts",
    ("init", "reboot"): "restarts",
    ("erlang", "halt"): "stops",
}
_STARTS = ("start", "ensure_started", "ensure_all_started")
#: Functions of supervisors that upgrades are made with: they start and stop children.
_SUPERVISORS = ("supervisor", "Elixir.Supervisor", "Elixir.DynamicSupervisor")
_OF_SUPERVISORS = ("start_child", "restart_child", "terminate_child", "delete_child")
#: Modules of OTP and of Elixir whose functions return nothing that anybody could miss: they write.
_WRITERS = ("logger", "io", "Elixir.Logger", "Elixir.IO")
_SAID_BY_RESTARTS = ("A108", "A109", "R113", "R014")  # findings that say what the verdict itself says


class Looked(NamedTuple):
    """What a verdict is about. `homes` tells the application of each module of the new release, None if unknown."""

    direction: Direction
    events: tuple[Event, ...]
    scripts: tuple[Script, ...]
    apps: tuple[AppChange, ...]
    found: tuple[Diagnostic, ...]
    homes: Mapping[str, str] | None


def verdict_of(looked: Looked, policy: Policy) -> Verdict:
    """The verdict: that of its worst reason."""
    reasons = [*_errors(looked), *_against(looked, policy), *_emulator(looked), *_applications(looked)]
    reasons += [*_risks(looked, policy), *_findings(looked)]
    return verdict_for(reasons)


def verdict_for(reasons: list[Reason]) -> Verdict:
    """The verdict that some reasons make, each said once."""
    kinds = {reason.kind for reason in reasons}
    name: VerdictName = "blocked" if kinds & {"error", "policy"} else "hot"
    if name == "hot":
        name = next((one for one, kind in reversed(VERDICTS.items()) if kind in kinds), "hot")
    return Verdict(name, tuple(dict.fromkeys(reasons)))


def _errors(looked: Looked) -> Iterator[Reason]:
    for d in looked.found:
        if d.severity == "error":
            yield Reason("error", d.label, 0, d.code.code, str(d.place))


def _findings(looked: Looked) -> Iterator[Reason]:
    """Warnings, but for those that say what is said here already."""
    for d in looked.found:
        if d.severity == "warning" and d.suppressed is None and d.code.code not in _SAID_BY_RESTARTS:
            yield Reason("risk", d.label, 0, d.code.code, str(d.place))


def _emulator(looked: Looked) -> Iterator[Reason]:
    for event in looked.events:
        if event.instruction == RESTART_NEW_EMULATOR:
            yield Reason("emulator", "the node restarts with the new emulator, before anything else", event.n)
        elif event.instruction == RESTART_EMULATOR:
            yield Reason("emulator", "the node restarts at the end", event.n)
        elif does := _end(event):
            yield Reason("emulator", f"it calls `{_call(event)}`, which {does} the node", event.n)


def _end(event: Event) -> str:
    """What an `apply` does to the whole node: `stops`, `restarts`, or nothing."""
    call = called_by(event.instruction)
    return _ENDS.get(call[:2], "") if call else ""


def _applications(looked: Looked) -> Iterator[Reason]:
    """Applications that are stopped and started again."""
    for app, step, is_back in _stopped(looked):
        if is_back:
            yield Reason("application", f"`{spell_atom(app)}` is stopped, and started again", step)


def _stopped(looked: Looked) -> Iterator[tuple[str, int, bool]]:
    """Applications that are stopped, where, and whether they are started again; not those that go away."""
    stopped: dict[str, int] = {}
    for event in looked.events:
        match started_or_stopped(event.instruction):
            case (app, "stop"):
                stopped.setdefault(app, event.n)
            case (app, "unload"):
                stopped.pop(app, None)
            case (app, function) if function in _STARTS and app in stopped:
                yield app, stopped.pop(app), True
    if not _boots(looked):  # a reboot starts all of them
        yield from ((app, step, False) for app, step in stopped.items())


def _boots(looked: Looked) -> bool:
    """Whether the node boots the new release at the end, and so has all its code and applications."""
    return any(event.instruction == RESTART_EMULATOR for event in looked.events)


def _risks(looked: Looked, policy: Policy) -> Iterator[Reason]:
    """What can go wrong, as the steps alone tell."""
    for app, step, is_back in _stopped(looked):
        if not is_back:
            yield Reason("risk", f"`{spell_atom(app)}` is stopped, and no step starts it again", step, stops=True)
    for event in looked.events:
        if event.name == "stop":
            yield Reason("risk", f"the processes of {_names(event.modules)} are stopped", event.n, stops=True)
        elif child := _terminated(event):
            yield Reason("risk", f"{child} is stopped", event.n, stops=True)
        elif event.name == "sync_nodes":
            yield Reason("risk", "it waits for other nodes, without limit", event.n)
        elif event.name == "suspend" and (endless := _endless(event)):
            yield Reason("risk", f"it waits without limit for the processes of {_names(endless)}", event.n)
        elif not _end(event) and (call := _unknown_call(event, policy)):
            yield Reason("risk", f"it calls `{call}`, whose result is ignored", event.n)


def _terminated(event: Event) -> str:
    """The child that a supervisor is told to stop."""
    match called_by(event.instruction):
        case (module, "terminate_child", (Atom(supervisor), Atom(child))) if module in _SUPERVISORS:
            return f"`{module_name(child)}`, a child of `{module_name(supervisor)}`,"
        case (module, "terminate_child", _) if module in _SUPERVISORS:
            return "a child of a supervisor"
    return ""


def _endless(event: Event) -> tuple[str, ...]:
    items = as_list(argument(event.instruction) or Atom("")) or ()
    pairs = (item.items for item in items if isinstance(item, Tuple) and len(item.items) == 2)
    return tuple(m.name for m, timeout in pairs if isinstance(m, Atom) and as_atom(timeout) == "infinity")


def _unknown_call(event: Event, policy: Policy) -> str:
    """The function that an `apply` calls, unless it starts, stops or writes, or the policy allows it."""
    call = called_by(event.instruction)
    if call is None:
        return ""
    module, function, args = call
    arity = None if args is None else len(args)
    known = module in ("application", *_WRITERS) or (module in _SUPERVISORS and function in _OF_SUPERVISORS)
    return "" if known or policy.allows(module, function, arity) else _call(event)


def _call(event: Event) -> str:
    """`shop_db:migrate/1`: the function that an `apply` calls."""
    call = called_by(event.instruction)
    assert call is not None, "an apply"
    module, function, args = call
    return f"{module_name(module)}:{spell_atom(function)}/{'?' if args is None else len(args)}"


def _against(looked: Looked, policy: Policy) -> Iterator[Reason]:
    """What the policy forbids."""
    forbid = frozenset(policy.forbid)
    for word, reasons in (("emulator-restart", _emulator), ("application-restart", _applications)):
        for reason in reasons(looked) if word in forbid else ():
            yield Reason("policy", f"plan.forbid has `{word}`: {reason.words}", reason.step)
    for event in looked.events if "apply" in forbid else ():
        if call := _unknown_call(event, policy):
            yield Reason("policy", f"plan.forbid has `apply`, and plan.allow-apply not `{call}`", event.n)
    if "no-op-catch-all" in forbid:
        yield from _no_ops(looked)
    yield from _not_loaded(looked, policy)


def _no_ops(looked: Looked) -> Iterator[Reason]:
    """Entries for many versions that do nothing: the version changes, and the code of the node does not."""
    for script in looked.scripts:
        key = script.because
        if not script.steps and isinstance(key, Span) and key.text.startswith("<<"):
            words = f"the entry {key.text} of `{spell_atom(script.app)}` does nothing"
            place = f"{key.source.path}:{key.line}"
            yield Reason("policy", f"plan.forbid has `no-op-catch-all`: {words}", place=place)


def _not_loaded(looked: Looked, policy: Policy) -> Iterator[Reason]:
    """Modules that each upgrade of their application is to load. Of a relup it is not known which change."""
    if _boots(looked):
        return
    loaded = {module for event in looked.events if event.name == "load" for module in event.modules}
    changed = {app.name for app in looked.apps if app.new is not None}
    for module in policy.require:
        either = {module, f"Elixir.{module}"}
        due = looked.homes is None or any(looked.homes.get(name) in changed for name in either)
        if due and not either & loaded:
            yield Reason("policy", f"plan.require has `{module_name(module)}`, which this upgrade does not load")


def _names(modules: tuple[str, ...]) -> str:
    return listed(f"`{module_name(module)}`" for module in modules)
