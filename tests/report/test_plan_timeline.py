"""The timeline in characters."""

from __future__ import annotations

from relupc.model.timeline import MARKS, Planned
from relupc.report import Style
from relupc.report.plan_timeline import SYMBOLS, plan_timeline
from tests.timelines import demo, entry, nasty


def test_the_demo() -> None:
    lines = plan_timeline(demo("up"), Style()).splitlines()
    assert lines[4].split() == ["1", "5", "10", "15", "20"]
    assert lines[5].startswith("audit (audit start) ...|..A..............      o object code read")
    [cart] = [line for line in lines if "shop_cart  " in line]
    assert cart.split()[:3] == ["shop", "shop_cart", "..o|....<===LC>......"]


def test_each_mark_has_a_character_of_its_own() -> None:
    assert set(SYMBOLS) == set(MARKS)
    assert len(set(SYMBOLS.values())) == len(MARKS)


def test_narrow() -> None:
    lines = plan_timeline(demo("up"), Style(width=50)).splitlines()
    assert "o object code read     < suspend, stop" in lines
    wide = ", ".join(f"{{purge, [a]}}, {{load, {{m{n}, a, b}}}}" for n in range(60))
    text = plan_timeline(Planned((entry(f"point_of_no_return, {wide}"),)), Style(width=60))
    assert max(map(len, text.splitlines()[3:])) <= 60
    assert "121 steps in" in text
    verbose = plan_timeline(Planned((entry(f"point_of_no_return, {wide}"),)), Style(width=60), verbose=True)
    assert "steps in" not in verbose


def test_names_that_do_not_print() -> None:
    text = plan_timeline(nasty(), Style())
    assert "\x1b" not in text
    assert all(line.isprintable() for line in text.splitlines())


def test_nothing_to_draw() -> None:
    assert "verdict: hot" in plan_timeline(Planned((entry("point_of_no_return"),)), Style())
