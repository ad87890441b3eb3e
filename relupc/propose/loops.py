"""A module with a loop of its own, in two builds -> whether its process has to be started anew."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.calls import missing
from relupc.model.code import Module
from relupc.model.inits import SIMPLE
from relupc.model.loop import Loop
from relupc.model.program import Change, Program
from relupc.model.reach import doing
from relupc.model.spelling import module_name
from relupc.model.supervision import Child, Supervisor
from relupc.propose.calls import call
from relupc.propose.way import Action, Begin, Way


def hears(module: Module) -> bool:
    """Whether a process that is none of OTP's behaviours answers system messages, so that it can be suspended."""
    return any(called[:2] == ("sys", "handle_system_msg") for called in module.imports)


def looping(way: Way, change: Change) -> Action | None:
    """What to do about a module in which a process goes round by itself; None where that can go on as it is.

    Such a process holds its state in variables that nothing converts, and waits in old code for its next message.
    """
    if change.old is None or change.new is None:
        return None
    loop = next(_loops(way, change.old), None)
    if loop is None:
        return None
    same = doing(change.old, loop.function) == doing(change.new, loop.function)
    if same and loop.turn == "module" and not missing(change.old, way.pre, way.post):
        return None
    found = [one for one in _children(way.pre, change.module) if _lives_on(way.post, *one)]
    if not found:
        why = "a process may go on in the old code of its loop, which nothing here tells to leave it"
        return Action(change.module, "load", why, "guess")
    why = f"the loop of `{module_name(change.module)}` changes, and nothing converts what it holds"
    stops = tuple(call("terminate_child", one.registered, child.id, why, "likely") for one, child in found)
    starts = tuple(Begin(None, call("restart_child", one.registered, child.id)) for one, child in found)
    return Action(change.module, "load", before=stops, after=starts)


def _loops(way: Way, module: Module) -> Iterator[Loop]:
    """The loops in which a process of a module waits for good."""
    staying = way.pre.staying.get(module.name)
    for loop in staying.loops if staying else ():
        if loop.entry and loop.entry.module == module.name and not loop.ends and loop.callback is None:
            yield loop


def _children(program: Program, module: str) -> Iterator[tuple[Supervisor, Child]]:
    """The children that run a module, of supervisors that can be called."""
    for several in program.supervisors.values():
        for one in several:
            for child in one.children if one.registered and one.strategy != SIMPLE and one.listing != "added" else ():
                runs = (child.runs.module or child.runs.by.module) if child.runs else child.start and child.start[0]
                if runs == module and child.is_id_known:
                    yield one, child


def _lives_on(post: Program, supervisor: Supervisor, child: Child) -> bool:
    """Whether a supervisor has a child in the build that comes, too; any other one is stopped anyway."""
    return any(child.id == other.id for one in post.supervisors.get(supervisor.module, ()) for other in one.children)
