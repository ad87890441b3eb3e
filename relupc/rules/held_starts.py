"""For D103: a child of a running supervisor in, the function out that a restart of it calls."""

from __future__ import annotations

from relupc.model.beam import MFA
from relupc.model.inits import SIMPLE
from relupc.model.program import Program
from relupc.model.supervision import Child, Supervisor


def held(pre: Program, one: Supervisor, child: Child) -> MFA | None:
    """What a restart of a child calls; None where that is not known, or it is not restarted."""
    if child.restart in (None, "temporary") or child.start is None or child.args is None:
        return None
    (module, name), least = child.start, len(child.args)
    exports = pre.modules[module].exports if module in pre.modules else ()
    arities = [fa.arity for fa in exports if fa.name == name and fa.arity >= least]
    if one.strategy != SIMPLE:  # a copy is given more than its specification says
        arities = [arity for arity in arities if arity == least]
    return MFA(module, name, arities[0]) if len(arities) == 1 else None


def renewed(post: Program, one: Supervisor, child: Child, function: MFA) -> MFA | None:
    """The same after an update: copies get the new function with what they were given; a list is read anew."""
    now = [kid for other in post.supervisors.get(one.module, ()) for kid in other.children if other.strategy == SIMPLE]
    if one.strategy != SIMPLE or len(now) != 1 or not now[0].start or now[0].args is None or child.args is None:
        return None
    return MFA(*now[0].start, len(now[0].args) + function.arity - len(child.args))
