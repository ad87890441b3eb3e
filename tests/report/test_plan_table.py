"""The table of a plan."""

from __future__ import annotations

from relupc.model.timeline import Planned
from relupc.report import Style
from relupc.report.plan_table import groups, plan_table, summaries
from tests.timelines import demo, entry, nasty, way

STYLE = Style()


def test_the_demo() -> None:
    text = plan_table(demo("up"), STYLE)
    lines = text.splitlines()
    assert lines[:3] == [
        "shop 1.3.0 -> 1.4.0   up, 21 steps, nothing restarts",
        "verdict: hot",
        "suspended: shop_cart, store_db in steps 9-15, shop_sup in steps 16-19",
    ]
    assert lines[4].split() == ["#", "instruction", "what", "because", "of"]
    assert lines[14].split() == ["9", "+", "suspend", "shop_cart,", "store_db", "shop.appup:6,", "store.appup:4"]
    assert lines[15].split()[:3] == ["10", "|", "load"]
    assert summaries(demo("up")) == "\n".join(lines[:3]) + "\n"


def test_width() -> None:
    assert all(len(line) <= 80 for line in plan_table(demo(), Style(width=80)).splitlines()[3:])
    verbose = plan_table(demo(), Style(width=40), verbose=True)
    assert "shop 1.4.0: shop_cart, shop_price, shop_tax, shop_sup" in verbose


def test_long_plans_share_lines() -> None:
    loads = [f"{{load, {{m{n}, brutal_purge, brutal_purge}}}}" for n in range(150)]
    updates = [
        f"{{suspend, [u{n}]}}, {{load, {{u{n}, brutal_purge, brutal_purge}}}}, {{resume, [u{n}]}}" for n in range(9)
    ]
    timeline = entry(", ".join(["point_of_no_return", *loads, *updates, "{purge, [x]}"]))
    text = plan_table(Planned((timeline,)), STYLE)
    rows = [line.split() for line in text.splitlines()[6:]]
    assert [row[0] for row in rows if row][-4:] == ["1", "2-151", "152-178", "179"]
    assert "m0, m1, m2, m3 and 146 more" in text
    assert "suspend, load, resume  u0, u1, u2, u3 and 5 more" in text
    assert len(list(groups(timeline, verbose=True))) == timeline.total


def test_one_long_block_is_shown_by_kind() -> None:
    loads = [f"{{load, {{m{n}, brutal_purge, brutal_purge}}}}" for n in range(150)]
    timeline = entry(", ".join(["point_of_no_return, {suspend, [a]}", *loads, "{resume, [a]}"]))
    assert [(group[0].name, len(group)) for group in groups(timeline)] == [
        ("point_of_no_return", 1),
        ("suspend", 1),
        ("load", 150),
        ("resume", 1),
    ]


def test_many_reasons_are_cut() -> None:
    calls = ", ".join(f"{{apply, {{m, f, [{n}]}}}}" for n in range(15))
    planned = Planned((entry(f"point_of_no_return, {calls}"),))
    assert "  and 5 more reasons (-v)" in plan_table(planned, STYLE).splitlines()
    assert "more reasons" not in plan_table(planned, STYLE, verbose=True)


def test_names_that_do_not_print() -> None:
    text = plan_table(nasty(), STYLE, verbose=True)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_every_step_once() -> None:
    assert [event.n for group in groups(way()) for event in group] == list(range(1, 22))
