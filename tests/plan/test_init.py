"""All passes after `select`, and the tuple that says their order."""

from __future__ import annotations

from dataclasses import replace

from relupc.model.diagnostic import Problems
from relupc.model.plan import Draft
from relupc.model.term import Atom, List
from relupc.plan import PASSES, run
from tests.cases import FIXTURES, Case, compare, fact, told
from tests.plan.world import draft


def whole(case: Case) -> str:
    """What all passes but the first make of a case."""
    given, problems = draft(case), Problems()
    for one_pass in PASSES[1:]:
        given = one_pass(given, problems)
        if problems.fatal:
            return "\n".join(map(told, problems.found))
    early, late = (List(tuple(step.instruction for step in steps)) for steps in (given.before, given.after))
    return "\n".join([fact("early", early), fact("late", late), *map(told, problems.found)])


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "plan" / "run.txt", whole, refresh)


def changed(script: str) -> Draft:
    given = (
        f'{{top, [{{foo, "2", [{{modules, [a]}}]}}]}}. {{base, [{{foo, "1"}}]}}. {{appup, foo, {{"2", {script}, []}}}}.'
    )
    return draft(Case("", given, ""))


def test_run_makes_a_plan() -> None:
    problems = Problems()
    given = changed('[{"1", [{load_module, a}]}]')
    plan = run(given, Atom("why"), problems)
    assert plan is not None
    assert (plan.direction, plan.top, plan.base, plan.description) == ("up", given.top, given.base, Atom("why"))
    assert [str(step.instruction) for step in plan.steps].count(str(Atom("point_of_no_return"))) == 1
    assert [script.app for script in plan.scripts] == ["foo"]
    assert problems.found == []


def test_every_step_knows_its_cause() -> None:
    given = replace(changed('[{"1", [{load_module, a}, {apply, {m, f, []}}]}]'), restart=True)
    plan = run(given, List(()), Problems())
    assert plan is not None
    causes = [["" if isinstance(cause, str) else cause.text for cause in step.because] for step in plan.steps]
    words = [cause for step in plan.steps for cause in step.because if isinstance(cause, str)]
    assert causes == [["{load_module, a}"], [], ["{load_module, a}"], ["{apply, {m, f, []}}"], [""]]
    assert words == ["restart asked for"]


def test_run_stops_after_the_first_pass_with_an_error() -> None:
    problems = Problems()
    assert run(changed('[{"1", [{load_modul, a}, {load_module, nowhere}]}]'), List(()), problems) is None
    assert [found.code.code for found in problems.found] == ["A101"]


def test_warnings_of_passes_before_the_error_are_kept() -> None:
    problems = Problems()
    assert run(warned(), List(()), problems) is None
    assert [found.code.code for found in problems.found] == ["A002", "A101"]


def warned() -> Draft:
    given = '{top, [{foo, "2"}]}. {base, [{foo, "1"}]}. {appup, foo, {"3", [{"1", [nonsense]}], []}}.'
    return draft(Case("", given, ""))


def test_two_runs_are_equal() -> None:
    given = changed('[{"1", [{load_module, a}]}]')
    assert run(given, List(()), Problems()) == run(given, List(()), Problems())
