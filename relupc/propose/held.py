"""A module that defines a struct, in two builds -> that processes of modules that stay the same hold older ones."""

from __future__ import annotations

from relupc.model.program import Change
from relupc.model.spelling import module_name
from relupc.model.structs import compared, defined, held
from relupc.propose.way import Action, Way


def holding(way: Way, change: Change) -> Action | None:
    """A guess where the struct gets fields; None for any other module.

    No instruction is about a module that does not change, so that nothing converts what its process holds.
    """
    before, after = (defined(program, change.module) for program in (way.pre, way.post))
    found = compared(change.module, before, after) if before is not None and after is not None else None
    for name in sorted(way.post.states.keys() & way.post.reaching(change.module)) if found and found.gained else ():
        old, new = way.pre.modules.get(name), way.post.modules[name]
        if found and old and old.md5 == new.md5 and change.module in held(way.post, way.post.states[name]):
            why = (
                f"{found.struct} {found.how}, and a process of `{module_name(name)}` may hold one that was made before"
            )
            return Action(change.module, "load", why, "guess", restarts=new.app == way.diff.app)
    return None
