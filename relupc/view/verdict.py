"""What an upgrade does, what is known against it and what a policy forbids -> a verdict with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from relupc.model.diagnostic import Diagnostic, Direction
from relupc.model.instruction import RESTART_EMULATOR, RESTART_NEW_EMULATOR, argument
from relupc.model.plan import Script
from relupc.model.policy import Policy
from relupc.model.source import Span
from relupc.model.spelling import module_name, spell_atom
from relupc.model.term import Atom, Tuple, as_atom, as_list
from relupc.model.timeline import VERDICTS, AppChange, Event, Reason, Verdict, VerdictName
from relupc.view.events import called_by, started_or_stopped

#: Functions of supervisors that upgrades are made with: they start and stop children.
_OF_SUPERVISORS = ("start_child", "restart_child", "terminate_child", "delete_child")
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
            yield Reason("error", f"{d.label} ({d.place})", 0, d.code.code)


def _findings(looked: Looked) -> Iterator[Reason]:
    """Warnings, but for those that say what is said here already."""
    for d in looked.found:
        if d.severity == "warning" and d.suppressed is None and d.code.code not in _SAID_BY_RESTARTS:
            yield Reason("risk", f"{d.label} ({d.place})", 0, d.code.code)


def _emulator(looked: Looked) -> Iterator[Reason]:
    for event in looked.events:
        if event.instruction == RESTART_NEW_EMULATOR:
            yield Reason("emulator", "the node restarts with the new emulator, before anything else", event.n)
        elif event.instruction == RESTART_EMULATOR:
            yield Reason("emulator", "the node restarts at the end", event.n)


def _applications(looked: Looked) -> Iterator[Reason]:
    """Applications that are stopped and started again."""
    stopped: dict[str, int] = {}
    for event in looked.events:
        match started_or_stopped(event.instruction):
            case (app, "stop"):
                stopped.setdefault(app, event.n)
            case (app, function) if function != "unload" and app in stopped:
                words = f"`{spell_atom(app)}` is stopped, and started again"
                yield Reason("application", words, stopped.pop(app))


def _risks(looked: Looked, policy: Policy) -> Iterator[Reason]:
    """What can go wrong, as the steps alone tell."""
    for event in looked.events:
        if event.name == "stop":
            yield Reason("risk", f"the processes of {_names(event.modules)} are stopped", event.n)
        elif event.name == "sync_nodes":
            yield Reason("risk", "it waits for other nodes, without limit", event.n)
        elif event.name == "suspend" and (endless := _endless(event)):
            yield Reason("risk", f"it waits without limit for the processes of {_names(endless)}", event.n)
        elif call := _unknown_call(event, policy):
            yield Reason("risk", f"it calls `{call}`, whose result is ignored", event.n)


def _endless(event: Event) -> tuple[str, ...]:
    items = as_list(argument(event.instruction) or Atom("")) or ()
    pairs = (item.items for item in items if isinstance(item, Tuple) and len(item.items) == 2)
    return tuple(m.name for m, timeout in pairs if isinstance(m, Atom) and as_atom(timeout) == "infinity")


def _unknown_call(event: Event, policy: Policy) -> str:
    """The function that an `apply` calls, unless it is one of OTP that starts or stops, or the policy allows it."""
    call = called_by(event.instruction)
    if call is None:
        return ""
    module, function, args = call
    arity = None if args is None else len(args)
    known = module == "application" or (module == "supervisor" and function in _OF_SUPERVISORS)
    if known or policy.allows(module, function, arity):
        return ""
    return f"{module_name(module)}:{spell_atom(function)}/{'?' if arity is None else arity}"


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
            words = f"the entry {key.text} of `{spell_atom(script.app)}` does nothing ({key.source.path}:{key.line})"
            yield Reason("policy", f"plan.forbid has `no-op-catch-all`: {words}")


def _not_loaded(looked: Looked, policy: Policy) -> Iterator[Reason]:
    """Modules that each upgrade of their application is to load. Of a relup it is not known which change."""
    loaded = {module for event in looked.events if event.name == "load" for module in event.modules}
    changed = {app.name for app in looked.apps if app.new is not None}
    for module in policy.require:
        either = {module, f"Elixir.{module}"}
        due = looked.homes is None or any(looked.homes.get(name) in changed for name in either)
        if due and not either & loaded:
            yield Reason("policy", f"plan.require has `{module_name(module)}`, which this upgrade does not load")


def _names(modules: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{module_name(module)}`" for module in modules[:4])
    return shown + (f" and {len(modules) - 4} more" if len(modules) > 4 else "")
