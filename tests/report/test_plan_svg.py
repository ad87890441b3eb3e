"""The picture: sound XML whatever the names are, and readable without seeing it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from relupc.report import Style
from relupc.report.plan_svg import WORDS, plan_svg, safe
from tests.timelines import demo, nasty

SVG = "{http://www.w3.org/2000/svg}"
GOLDEN = Path(__file__).parents[2] / "fixtures" / "pictures"


def test_the_demo(refresh: bool) -> None:
    text = plan_svg(demo(), Style())
    if refresh:
        (GOLDEN / "demo.svg").write_text(text, "utf-8")
    assert text == (GOLDEN / "demo.svg").read_text("utf-8")


def test_rows_can_be_focused_and_heard() -> None:
    root = ET.fromstring(plan_svg(demo("up"), Style()))
    assert root.get("role") == "graphics-document"
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= ids
    rows = [element for element in root.iter(f"{SVG}g") if element.get("class") == "row"]
    heard = [row.get("aria-label") for row in rows]
    assert len(rows) == len(demo("up").timelines[0].rows)
    assert "shop_legacy: remove in step 20, purge in step 21" in heard
    assert any("suspended in steps 9-15" in words for words in heard if words)
    assert all(row.get("tabindex") == "0" and row.find(f"{SVG}title") is not None for row in rows)


def test_names_mean_nothing() -> None:
    text = plan_svg(nasty(), Style())
    root = ET.fromstring(text)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags == {"svg", "title", "desc", "style", "rect", "g", "text", "line"}
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]


def test_all_that_is_drawn_has_a_word_and_a_color() -> None:
    text = plan_svg(demo(), Style())
    for mark in WORDS:
        assert f".plan .{mark}" in text
    assert 'class="point"' in text


def test_any_text_is_safe() -> None:
    assert safe("<a \"b' &\x00\ud800") == "&lt;a &quot;b&#x27; &amp;\\x{0}\\x{D800}"
