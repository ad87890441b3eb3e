"""The order that DepMods ask for, as Mermaid and DOT."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from relupc.model.timeline import Edge, Planned
from relupc.report import Style
from relupc.report.plan_graph import MOST_BOXES, plan_dot, plan_mermaid
from tests.timelines import demo, entry, nasty, way

GOLDEN = Path(__file__).parents[2] / "fixtures" / "pictures"


def test_the_demo(refresh: bool) -> None:
    for name, draw in (("demo.mmd", plan_mermaid), ("demo.dot", plan_dot)):
        text = draw(demo(), Style())
        if refresh:
            (GOLDEN / name).write_text(text, "utf-8")
        assert text == (GOLDEN / name).read_text("utf-8")


def test_names_mean_nothing_in_mermaid() -> None:
    box = re.compile(r'    m\d+\["[\w .,#;<>/-]*"\]')
    for line in plan_mermaid(nasty(), Style()).splitlines():
        if line.startswith("    m"):
            assert box.fullmatch(line), line
            inside = line.partition('["')[2].replace("<br/>", "")
            assert "<" not in inside
            assert '"' not in inside.removesuffix('"]')


def test_names_mean_nothing_in_dot() -> None:
    quoted = re.compile(r'"(?:[^"\\\n]|\\.)*"')
    for line in plan_dot(nasty(), Style()).splitlines():
        assert '"' not in quoted.sub("", line), line


def test_a_circle_is_one_box() -> None:
    timeline = replace(way(), circles=(("shop_tax", "shop_price"),), edges=(Edge("shop_cart", "shop_price"),))
    text = plan_mermaid(Planned((timeline,)), Style())
    assert '["11-12 add, load<br/>shop_tax, shop_price"]' in text
    assert text.count(" --> ") == 1


def test_both_ways_are_one_flowchart() -> None:
    lines = plan_mermaid(demo(), Style()).splitlines()
    assert [line for line in lines if "flowchart" in line] == lines[:1] == ["flowchart LR"]
    names = re.findall(r'^ +(?:subgraph )?(\w+)\["', "\n".join(lines), re.MULTILINE)
    assert len(names) == len(set(names)) > 20
    assert sum(line.split()[0] == "subgraph" for line in lines) == sum(line.split()[0] == "end" for line in lines)


def test_a_name_is_no_directive_of_mermaid() -> None:
    named = replace(way(), release="%%{init: {'theme':'dark'}}%%")
    for planned in (Planned((named,)), Planned((named, named))):
        assert "%%{" not in plan_mermaid(planned, Style())


def test_what_is_only_suspended_is_not_updated() -> None:
    planned = Planned((entry("point_of_no_return, {suspend, [a]}, {resume, [a]}"),))
    assert '["suspended<br/>a"]' in plan_mermaid(planned, Style())


def test_many_boxes_are_cut() -> None:
    loads = ", ".join(f"{{load, {{m{n}, a, b}}}}" for n in range(MOST_BOXES + 5))
    planned = Planned((entry(f"point_of_no_return, {loads}"),))
    assert "and 5 more modules" in plan_mermaid(planned, Style())
    assert "and 5 more modules" in plan_dot(planned, Style())
    assert "more modules" not in plan_dot(planned, Style(), verbose=True)
