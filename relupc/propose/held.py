"""A module that defines a struct, in two builds -> that processes of modules that stay the same hold older ones."""

from __future__ import annotations

from relupc.model.program import Change
from relupc.model.spelling import module_name
from relupc.model.structs import compared, defined, held
from relupc.propose.way import Action, Way


def holding(way: Way, change: Change) -> Action | None:
    """A restart where the struct gets fields, and a word where it only loses some; None for any other module.

    No instruction is about a module that does not change, so that nothing converts what its process holds.
    """
    before, after = (defined(program, change.module) for program in (way.pre, way.post))
    found = compared(change.module, before, after) if before is not None and after is not None else None
    server = _server(way, change.module) if found and found.how else None
    if found is None or server is None:
        return None
    why = f"{found.struct} {found.how}, and a process of `{module_name(server)}` may hold one that was made before"
    if not found.gained:
        return Action(change.module, "load", why, "likely")
    return Action(change.module, "load", why, "guess", restarts=way.post.modules[server].app == way.diff.app)


def _server(way: Way, struct: str) -> str | None:
    """The first module that stays as it is, and whose process holds a struct."""
    for name in sorted(way.post.states.keys() & way.post.reaching(struct)):
        old = way.pre.modules.get(name)
        if old and old.md5 == way.post.modules[name].md5 and struct in held(way.post, way.post.states[name]):
            return name
    return None
