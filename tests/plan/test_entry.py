from __future__ import annotations

from relupc.model.appup import Appup, Entries, Entry
from relupc.model.diagnostic import Direction, Problems
from relupc.model.lint import EntryPlan, OwnApp
from relupc.model.term import Atom, List, Str, Term, Tuple, Unknown, as_atom, as_list, as_string
from relupc.plan.entry import plan_entry
from relupc.read.appup import appup_from
from tests.cases import FIXTURES, Case, compare, fact, told

NOTHING = Entries((), None, None)


def planned(case: Case) -> str:
    """What each entry of the appup becomes, and all that is said."""
    facts = {as_atom(term.items[0]): term.items[1:] for term in case.facts()}
    (name, term), problems = facts["appup"], Problems()
    own = None
    if "own" in facts:
        vsn, listed = facts["own"]
        modules = tuple(m for m in as_list(listed) or () if isinstance(m, Atom))
        own = OwnApp(as_atom(name) or "", as_string(vsn), modules, "shop.app")
    appup = appup_from(term, as_atom(name) or "", "shop.appup", problems)
    assert appup
    ways: tuple[tuple[Direction, Entries], ...] = (("up", appup.up), ("down", appup.down))
    found = [plan_entry(appup, entry, way, own, 25, problems) for way, entries in ways for entry in entries.items]
    return "\n".join([*(line for plan in found for line in lines(plan)), *map(told, problems.found)])


def lines(plan: EntryPlan | None) -> list[str]:
    if plan is None:
        return ["% no list"]
    said = [fact("steps", List(tuple(step.instruction for step in plan.steps)))]
    said += [fact("plan", List(tuple(step.instruction for step in plan.plan)))] if plan.plan else ["% no plan"]
    return said + [fact("cycle", List(tuple(map(Atom, cycle)))) for cycle in plan.cycles]


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "plan" / "entry.txt", planned, refresh)


def of(script: Term) -> tuple[EntryPlan, Problems]:
    problems, entry = Problems(), Entry(Str("1"), script)
    appup = Appup("shop", "shop.appup.src", Unknown("VSN"), Entries((entry,), None, None), NOTHING, None)
    plan = plan_entry(appup, entry, "up", None, 25, problems)
    assert plan
    return plan, problems


def instruction(*parts: Term | str) -> Tuple:
    return Tuple(tuple(Atom(part) if isinstance(part, str) else part for part in parts))


def test_what_is_unknown_is_let_through() -> None:
    plan, problems = of(Unknown("Instructions"))
    assert (plan.steps, plan.plan, problems.found) == ((), None, [])
    known = instruction("load_module", "cart")
    for unknown in (Unknown("I"), instruction("load_module", Unknown("M")), instruction("apply", Unknown("MFA"))):
        plan, problems = of(List((known, unknown)))
        assert (plan.plan, problems.found) == (None, [])
        assert plan.steps


def test_an_unknown_argument_of_a_call_keeps_the_plan() -> None:
    call = instruction("apply", instruction("cart", "set", List((Unknown("X"),))))
    plan, problems = of(List((call,)))
    assert plan.plan
    assert not problems.found


def test_whom_it_is_about() -> None:
    plan, _ = of(List(()))
    subject = plan.subject("cart")
    assert (subject.app, subject.module, subject.direction) == ("shop", "cart", "up")
    assert (subject.old, subject.new) == ("1", "VSN")
