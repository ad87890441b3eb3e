"""What is said of steps, causes, reasons and stretches."""

from __future__ import annotations

import pytest

from relupc.model.source import Source
from relupc.model.timeline import Cause, Reason, Suspension
from relupc.report.plan_words import because, ranges, restarts, said, stretches, version_of, what
from tests.timelines import entry, way


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        ('{load_object_code, {shop, "2", [a, b, c, d, e]}}', "shop 2: a, b, c, d and 1 more"),
        ("{load, {'Elixir.Shop', brutal_purge, brutal_purge}}", "Shop"),
        ("{load, {a, soft_purge, brutal_purge}}", "a (purge: soft before, brutal after)"),
        ("{suspend, [a, {b, 50}, {c, infinity}]}", "a, b (up to 50 ms), c (infinity)"),
        ("{code_change, up, [{a, []}, {b, [1]}]}", "a [], b [1]"),
        ("{apply, {application, start, [a, permanent]}}", "application:start(a, permanent)"),
        ("{apply, {m, f, x}}", "m:f(x)"),
        ("{sync_nodes, x, [n@h]}", "x: [n@h]"),
        ("{purge, [a, b]}", "a, b"),
        ("restart_emulator", ""),
        ("{odd}", ""),
    ],
)
def test_what_a_step_is_about(instruction: str, words: str) -> None:
    assert what(entry(f"point_of_no_return, {instruction}").events[1]) == words


def test_long_terms_are_cut() -> None:
    assert len(what(entry(f"{{apply, {{m, f, [{', '.join(['abc'] * 500)}]}}}}").events[0])) < 250


def test_causes() -> None:
    shop, store = Source("lib/shop.appup", ""), Source("deps/store.appup", "")
    causes = [Cause("new application"), *(Cause("", shop, n) for n in (7, 5, 4, 6, 9)), Cause("", store, 3)]
    assert because(causes) == "new application, shop.appup:4-7,9, store.appup:3"
    assert because([Cause("", shop, n) for n in range(1, 20, 2)]) == "shop.appup:1,3,5,7,..."
    assert because([]) == ""
    assert ranges([3, 1, 2, 9]) == [(1, 3), (9, 9)]


def test_reasons() -> None:
    assert said(Reason("risk", "it waits", 7, "A401")) == "risk: it waits (step 7) [A401]"
    assert said(Reason("policy", "no")) == "policy: no"


def test_restarts() -> None:
    stop, start = "{apply, {application, stop, [a]}}", "{apply, {application, start, [a]}}"
    assert restarts(way()) == "nothing restarts"
    assert restarts(entry(f"point_of_no_return, {stop}, {start}")) == "1 application restarts"
    assert restarts(entry(f"point_of_no_return, {stop}")) == "processes are stopped"
    assert restarts(entry("point_of_no_return, {stop, [a]}, {start, [a]}")) == "processes are stopped"
    assert restarts(entry("point_of_no_return, restart_emulator")) == "the emulator restarts"


def test_stretches() -> None:
    found = stretches([Suspension("a", 1, 3), Suspension("b", 1, 3), Suspension("Elixir.C", 2, 4)])
    assert found == ["a, b in steps 1-3", "C in steps 2-4"]


def test_versions() -> None:
    assert version_of("audit", way("up")) == "1.0.0, new"
    assert version_of("audit", way("down")) == "1.0.0, removed"
    assert version_of("shop", way("down")) == "1.3.0"
    assert version_of("nobody", way()) == ""
    assert version_of("a", entry('{load_object_code, {a, "2", []}}, point_of_no_return')) == "2"
