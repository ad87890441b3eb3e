"""The page: asks for nothing, can be used without a mouse, and nothing of the input means anything in it."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from relupc.model.source import Source
from relupc.model.timeline import Cause, Planned
from relupc.report import Style
from relupc.report.plan_html import MAX_LINES, plan_html
from tests.timelines import demo, nasty, way

GOLDEN = Path(__file__).parents[2] / "fixtures" / "pictures"
ALONE = {"meta", "br", "rect", "line"}


class Reader(HTMLParser):
    """Takes a page apart, and minds that what is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values["href"]))
        if tag not in ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ALONE:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_demo(refresh: bool) -> None:
    text = plan_html(demo(), Style())
    if refresh:
        (GOLDEN / "demo.html").write_text(text, "utf-8")
    assert text == (GOLDEN / "demo.html").read_text("utf-8")


def test_links_lead_to_places_on_the_page() -> None:
    page = Reader(plan_html(demo(), Style()))
    assert len(page.ids) == len(set(page.ids))
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_nothing_is_asked_for() -> None:
    for planned in (demo(), nasty()):
        text = plan_html(planned, Style())
        page = Reader(text)
        assert page.tags & {"script", "img", "link", "iframe", "object", "use", "image"} == set()
        assert page.attributes & {"src", "onclick", "onload", "style"} == set()
        assert text.count("http") == text.count('xmlns="http://www.w3.org/2000/svg"')
        assert not any(char in text for char in "\x1b\u202e")


def test_tables_have_heads_and_captions() -> None:
    text = plan_html(demo("up"), Style())
    assert text.count('<th scope="col">') == 5
    assert text.count('<th scope="row">') == 21
    assert text.count("<caption>") == 1
    assert '<html lang="en">' in text
    assert text.count('tabindex="0" role="region" aria-label=') == 4


def test_long_texts_are_not_shown() -> None:
    timeline = way()
    long = Source("long.appup", "\n" * MAX_LINES)
    events = [event._replace(because=(Cause("", long, 7),)) for event in timeline.events]
    text = plan_html(Planned((replace(timeline, events=tuple(events)),)), Style())
    assert "long.appup:7" in text
    assert Reader(text).links == ["#p1"]
