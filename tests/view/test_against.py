"""How two plans differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relupc.model.codes import A401
from relupc.model.policy import Policy
from relupc.view import timeline_of_plan
from relupc.view.against import differences
from tests.report.plans import UP
from tests.timelines import demo, entry

steps = st.lists(st.sampled_from("abcde"), max_size=12)


def script(names: list[str]) -> str:
    return ", ".join(f"{{purge, [{name}]}}" for name in names)


def test_a_plan_and_itself() -> None:
    found = differences(demo().timelines, demo().timelines)
    assert [one.is_one for one in found] == [False, False]


def test_a_finding_may_stand_in_another_file() -> None:
    script = "point_of_no_return, {suspend, [a]}"
    found = [A401.at(None, "a caller", path=path) for path in ("before", "after")]
    sides = [timeline_of_plan(UP, Policy(), [one]) for one in found]
    [one] = differences(sides[:1], sides[1:])
    assert not one.is_one
    [other] = differences([entry(script, checked=True)], [entry(script)])
    assert other.is_one


def test_ways_are_matched() -> None:
    found = differences(demo("up").timelines, demo("down").timelines)
    assert [(one.before is None, one.after is None) for one in found] == [(True, False), (False, True)]


def test_gone_new_and_moved() -> None:
    [one] = differences([entry(script(list("abcd")))], [entry(script(list("bcxa")))])
    assert [event.modules for event in one.removed] == [("d",)]
    assert [event.modules for event in one.added] == [("x",)]
    assert [(moved.before.n, moved.after.n) for moved in one.moved] == [(1, 4)]


@given(steps, steps)
def test_each_step_is_accounted_for(before: list[str], after: list[str]) -> None:
    [one] = differences([entry(script(before))], [entry(script(after))])
    stay_before = len(before) - len(one.removed) - len(one.moved)
    assert stay_before == len(after) - len(one.added) - len(one.moved)
    gone = {event.n for event in one.removed} | {moved.before.n for moved in one.moved}
    new = {event.n for event in one.added} | {moved.after.n for moved in one.moved}
    kept = [name for n, name in enumerate(before, 1) if n not in gone]
    assert kept == [name for n, name in enumerate(after, 1) if n not in new]


@given(steps)
def test_the_other_way_around(names: list[str]) -> None:
    [one] = differences([entry(script(names))], [entry(script(names[::-1]))])
    assert (one.removed, one.added) == ((), ())
