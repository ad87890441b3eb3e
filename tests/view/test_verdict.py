"""What an upgrade comes to, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relupc.model.codes import A108, A401
from relupc.model.plan import Script, plan_of
from relupc.model.policy import Policy
from relupc.model.source import Source, Span
from relupc.model.timeline import Timeline
from relupc.view import timeline_of_plan
from tests.report.plans import NEW, OLD, UP, app, release
from tests.timelines import entry, way

POINT = "point_of_no_return"


def kinds(timeline: Timeline) -> list[str]:
    return [reason.kind for reason in timeline.verdict.reasons]


@pytest.mark.parametrize(
    ("script", "name"),
    [
        (POINT, "hot"),
        (f"{POINT}, {{suspend, [a]}}, {{resume, [a]}}", "hot"),
        (f"{POINT}, {{suspend, [{{a, infinity}}]}}, {{resume, [a]}}", "hot with risk"),
        (f"{POINT}, {{apply, {{shop_db, migrate, []}}}}", "hot with risk"),
        (f"{POINT}, {{apply, {{supervisor, restart_child, [shop_sup, x]}}}}", "hot"),
        (f"{POINT}, {{apply, {{'Elixir.Supervisor', restart_child, [shop_sup, x]}}}}", "hot"),
        (f"{POINT}, {{apply, {{logger, notice, [upgraded]}}}}", "hot"),
        (f"{POINT}, {{stop, [a]}}, {{start, [a]}}", "hot with risk"),
        (f"{POINT}, {{sync_nodes, x, [n]}}", "hot with risk"),
        (f"{POINT}, {{apply, {{supervisor, terminate_child, [shop_sup, x]}}}}", "hot with risk"),
        (f"{POINT}, {{apply, {{'Elixir.DynamicSupervisor', terminate_child, [shop_sup, x]}}}}", "hot with risk"),
        (f"{POINT}, {{apply, {{application, stop, [a]}}}}", "hot with risk"),
        (f"{POINT}, {{apply, {{application, stop, [a]}}}}, {{apply, {{application, unload, [a]}}}}", "hot"),
        (f"{POINT}, {{apply, {{application, stop, [a]}}}}, {{apply, {{application, load, [a]}}}}", "hot with risk"),
        (
            f"{POINT}, {{apply, {{application, stop, [a]}}}}, {{apply, {{application, ensure_all_started, [a]}}}}",
            "restarts an application",
        ),
        (
            f"{POINT}, {{apply, {{application, stop, [a]}}}}, {{apply, {{application, start, [a, permanent]}}}}",
            "restarts an application",
        ),
        (f"{POINT}, {{apply, {{application, stop, [a]}}}}, {{apply, {{application, start, [b]}}}}", "hot with risk"),
        (f"{POINT}, {{apply, {{init, stop, []}}}}", "restarts the emulator"),
        (f"{POINT}, {{apply, {{init, reboot, []}}}}", "restarts the emulator"),
        (f"restart_new_emulator, {POINT}", "restarts the emulator"),
        (f"{POINT}, restart_emulator", "restarts the emulator"),
    ],
)
def test_the_worst_reason_counts(script: str, name: str) -> None:
    assert entry(script).verdict.name == name


def test_errors_block() -> None:
    timeline = entry(f"{POINT}, {{suspend, [a]}}", checked=True)
    assert timeline.verdict.name == "blocked"
    assert (timeline.verdict.reasons[0].kind, timeline.verdict.reasons[0].code) == ("error", "A107")


def test_reasons_say_which_step() -> None:
    [reason] = entry(f"{POINT}, {{apply, {{'Elixir.Shop', run, [1]}}}}").verdict.reasons
    assert (reason.kind, reason.step) == ("risk", 2)
    assert reason.words == "it calls `Shop:run/1`, whose result is ignored"


def test_what_is_stopped_is_named() -> None:
    script = (
        f"{POINT}, {{apply, {{application, stop, [shop]}}}}, "
        "{apply, {supervisor, terminate_child, [shop_sup, cart]}}, {apply, {init, restart, []}}"
    )
    reasons = [(one.kind, one.words, one.step) for one in entry(script).verdict.reasons]
    assert reasons == [
        ("emulator", "it calls `init:restart/0`, which restarts the node", 4),
        ("risk", "`shop` is stopped, and no step starts it again", 2),
        ("risk", "`cart`, a child of `shop_sup`, is stopped", 3),
    ]


def test_a_reboot_starts_and_loads_all() -> None:
    script = f"{POINT}, {{apply, {{application, stop, [shop]}}}}, restart_emulator"
    assert kinds(entry(script, Policy(require=("shop_release",)))) == ["emulator"]


def test_findings_are_risks() -> None:
    found = [A401.at(None, "a caller", path="shop.appup"), A108.at(None, "what the verdict says itself")]
    [reason] = timeline_of_plan(UP, Policy(), found).verdict.reasons
    assert (reason.kind, reason.text, reason.code) == ("risk", "a caller (shop.appup)", "A401")
    silenced = replace(found[0], suppressed="comment")
    assert timeline_of_plan(UP, Policy(), [silenced]).verdict.name == "hot"


@pytest.mark.parametrize(
    ("script", "policy", "is_blocked"),
    [
        (f"{POINT}, restart_emulator", Policy(("emulator-restart",)), True),
        (f"{POINT}, restart_emulator", Policy(("application-restart",)), False),
        (f"{POINT}, {{apply, {{m, f, []}}}}", Policy(("apply",)), True),
        (f"{POINT}, {{apply, {{m, f, []}}}}", Policy(("apply",), (), ("m:f",)), False),
        (f"{POINT}, {{apply, {{m, f, []}}}}", Policy((), (), ("x:y",)), False),
        (POINT, Policy((), ("shop_release",)), True),
        (f"{POINT}, {{load, {{'Elixir.Shop.Release', a, b}}}}", Policy((), ("Shop.Release",)), False),
        (f"{POINT}, {{load, {{'Elixir.Shop.Release', a, b}}}}", Policy((), ("Elixir.Shop.Release",)), False),
        (f"{POINT}, {{remove, {{shop_release, a, b}}}}", Policy((), ("shop_release",)), True),
    ],
)
def test_policies(script: str, policy: Policy, is_blocked: bool) -> None:
    assert ("policy" in kinds(entry(script, policy))) is is_blocked


def test_an_allowed_call_is_no_risk() -> None:
    assert entry(f"{POINT}, {{apply, {{m, f, []}}}}", Policy(allow_apply=("m:f/0",))).verdict.name == "hot"


def test_modules_are_required_where_their_application_changes() -> None:
    top = release("1.4.0", app("shop", "1.4.0", "shop_release"), app("store", "1", "store_release"))
    plan = replace(UP, top=top, base=replace(OLD), scripts=(Script("shop", "appup", ()),))
    reasons = timeline_of_plan(plan, Policy(require=("shop_release", "store_release"))).verdict.reasons
    assert [reason.words for reason in reasons] == ["plan.require has `shop_release`, which this upgrade does not load"]


def test_catch_alls_that_do_nothing() -> None:
    source = Source("lib/shop/ebin/shop.appup", '{"2", [{<<".*">>, []}], []}.\n')
    pattern = Span(source, 8, 16)
    plan = plan_of("up", NEW, OLD, (Script("shop", pattern, ()),), UP.steps, UP.description)
    [reason] = timeline_of_plan(plan, Policy(("no-op-catch-all",))).verdict.reasons
    assert reason.text.endswith('the entry <<".*">> of `shop` does nothing (lib/shop/ebin/shop.appup:1)')
    exact = replace(plan, scripts=(Script("shop", Span(source, 1, 4), ()),))
    assert timeline_of_plan(exact, Policy(("no-op-catch-all",))).verdict.name == "hot"


def test_the_demo_is_hot() -> None:
    assert way("up").verdict.reasons == way("down").verdict.reasons == ()
