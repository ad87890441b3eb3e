"""Two releases and their appups -> a plan: the passes, in the order of systools' stages."""

from __future__ import annotations

from relupc.model.diagnostic import Problems
from relupc.model.instruction import POINT_OF_NO_RETURN
from relupc.model.plan import Draft, Plan, Script, Step, plan_of
from relupc.model.term import Term
from relupc.plan.applications import applications
from relupc.plan.expand import expand
from relupc.plan.graph import graph
from relupc.plan.lower import lower
from relupc.plan.merge import merge
from relupc.plan.objects import objects
from relupc.plan.restart import restart
from relupc.plan.select import select
from relupc.plan.verify import verify

PASSES = (select, expand, merge, verify, applications, graph, lower, objects, restart)


def run(draft: Draft, description: Term, problems: Problems) -> Plan | None:
    """Thread the draft through the passes; stop after the first pass that left an error."""
    for one_pass in PASSES:
        found = Problems()
        draft = one_pass(draft, found)
        problems.found += found.found
        if found.fatal:
            return None
    steps = (*draft.before, Step(POINT_OF_NO_RETURN, ()), *draft.after)
    return plan_of(draft.direction, draft.top, draft.base, draft.scripts, steps, description, draft.cycles)


def scripts(draft: Draft, problems: Problems) -> tuple[Script, ...]:
    """The instructions of each application in their full forms; why some could not be chosen goes to `problems`."""
    return expand(select(draft, problems), Problems()).scripts
