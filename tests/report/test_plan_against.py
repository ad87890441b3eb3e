"""The text of two plans, for a review."""

from __future__ import annotations

from relupc.model.codes import A401
from relupc.model.policy import Policy
from relupc.model.timeline import Planned
from relupc.report import Style
from relupc.report.plan_against import MOST_ROWS, differences_document, plan_differences
from relupc.report.plan_json import plan_document
from relupc.view import timeline_of_plan
from relupc.view.against import differences
from tests.report.plans import UP
from tests.report.test_plan_json import validated
from tests.timelines import demo, entry, nasty

STYLE = Style()


def test_the_same() -> None:
    assert plan_differences(differences(demo("up").timelines, demo("up").timelines), STYLE) == (
        "shop 1.3.0 -> 1.4.0   up\nthe same\n"
    )


def test_a_way_that_only_one_has() -> None:
    text = plan_differences(differences(demo("up").timelines, demo("down").timelines), STYLE)
    assert text.splitlines() == [
        "shop 1.4.0 -> 1.3.0   down, 22 steps: only in this plan",
        "",
        "shop 1.3.0 -> 1.4.0   up, 21 steps: only in the other plan",
    ]


def test_what_differs() -> None:
    before = entry("point_of_no_return, {suspend, [a]}, {resume, [a]}, {purge, [b]}")
    after = entry("point_of_no_return, {purge, [b]}, {apply, {m, f, []}}, restart_emulator")
    lines = plan_differences(differences([before], [after]), STYLE).splitlines()
    assert lines[:7] == [
        "1 -> 2   up",
        "steps: 4",
        "verdict: hot -> restarts the emulator",
        "restarts: nothing restarts -> the emulator restarts",
        "  + emulator: the node restarts at the end",
        "  + risk: it calls `m:f/0`, whose result is ignored",
        "no longer suspended: a",
    ]
    assert [line.split()[:3] for line in lines[-4:]] == [
        ["-", "2", "suspend"],
        ["-", "3", "resume"],
        ["+", "3", "apply"],
        ["+", "4", "restart_emulator"],
    ]


def test_a_reason_is_the_same_in_another_file() -> None:
    before, after = (
        timeline_of_plan(UP, Policy(), [A401.at(None, label, path=path) for label in labels])
        for path, labels in (("a/relup", ["a caller"]), ("b/relup", ["a caller", "another"]))
    )
    lines = plan_differences(differences([before], [after]), STYLE).splitlines()
    assert [line for line in lines if "caller" in line or "another" in line] == ["  + risk: another (b/relup) [A401]"]


def test_many_rows_are_cut() -> None:
    many = ", ".join(f"{{purge, [m{n}]}}" for n in range(MOST_ROWS + 7))
    found = differences([entry("")], [entry(many)])
    assert plan_differences(found, STYLE).endswith("and 7 more (-v)\n")
    assert "(-v)" not in plan_differences(found, STYLE, verbose=True)


def test_the_document() -> None:
    before, after = entry("{purge, [a]}, {purge, [b]}"), entry("{purge, [b]}, {purge, [a]}, {suspend, [c]}")
    found = differences_document(differences([before, *demo("down").timelines], [after]))
    document = validated(plan_document(Planned((after,)), "0.1", found))
    one, gone = document["differences"]
    assert (one["same"], one["now_suspended"], gone["after"]) == (False, ["c"], None)
    assert (one["moved"][0]["before"], one["moved"][0]["step"]["n"]) == (2, 1)


def test_names_that_do_not_print() -> None:
    text = plan_differences(differences([entry("")], nasty().timelines), STYLE)
    assert not any(char in text for char in "\x1b\u202e")
