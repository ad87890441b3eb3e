"""Entries of appups and relups from their text, as steps that follow each other."""

from __future__ import annotations

from relupc.hops.hop import Hop
from relupc.model.appup import Appup
from relupc.model.diagnostic import Direction, Problems
from relupc.model.layout import flat
from relupc.model.lint import EntryPlan
from relupc.model.source import Source
from relupc.model.term import List, Term
from relupc.plan.entry import plan_entry
from relupc.read.appup import appup_from
from relupc.read.relup import relup_from
from relupc.read.text import read_first


def term(text: str, path: str = "shop.appup") -> Term:
    """The term of a text."""
    found = read_first(Source(path, text))
    assert not hasattr(found, "diagnostic"), found
    return found


def entries(text: str, path: str = "shop.appup") -> tuple[Appup, list[EntryPlan]]:
    """An appup and its entries, both ways."""
    problems = Problems()
    appup = appup_from(term(text, path), "shop", path, problems)
    assert appup
    ways: tuple[Direction, ...] = ("up", "down")
    plans = [
        plan_entry(appup, entry, way, None, 25, problems)
        for way in ways
        for entry in (appup.up if way == "up" else appup.down).items
    ]
    assert not problems.found
    return appup, [plan for plan in plans if plan]


def hop(first: str, second: str, way: Direction = "up") -> Hop:
    """Two steps from the instructions of each, in the order in which a node takes them."""
    one, two = ("2", "1"), ("3", "2")
    if way == "down":
        one, two = two, one
    plans = [entry(*pair, script, way) for pair, script in ((one, first), (two, second))]
    return Hop(way, *plans)


def entry(own: str, other: str, script: str, way: Direction) -> EntryPlan:
    text = f'{{"{own}", [{{"{other}", [{script}]}}], [{{"{other}", [{script}]}}]}}.'
    return next(plan for plan in entries(text, f"{own}.appup")[1] if plan.direction == way)


def relup_hop(first: str, second: str, way: Direction = "up") -> Hop:
    """The same of two relups."""
    plans = []
    for own, other, script in (
        (("2", "1", first), ("3", "2", second)) if way == "up" else (("3", "2", first), ("2", "1", second))
    ):
        text = f'{{"{own}", [{{"{other}", [], [{script}]}}], [{{"{other}", [], [{script}]}}]}}.'
        problems = Problems()
        relup = relup_from(term(text, f"{own}.relup"), f"{own}.relup", problems)
        assert relup
        assert not problems.found
        plans.append(next(plan for plan in relup.entries if plan.direction == way))
    return Hop(way, *plans)


def said(problems: Problems) -> list[tuple[str, str]]:
    """Codes and severities of what was reported."""
    return [(d.code.code, d.severity) for d in problems.found]


def texts(found: tuple[Term, ...] | None) -> str | None:
    """Instructions as text, without the outer brackets."""
    return None if found is None else flat(List(found))[1:-1] if found else ""
