"""For tests: timelines of the demo's upgrade, and of relups written as text."""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path

from relupc.api.plan import Asked, Directions, planned
from relupc.model.diagnostic import Problems
from relupc.model.outcome import Options
from relupc.model.policy import Policy
from relupc.model.term import Atom, List, Term, tup
from relupc.model.timeline import Planned, Timeline
from relupc.plan.relup import verify_relup
from relupc.read.relup import relup_from
from relupc.read.text import read_text
from relupc.view import timeline_of_entry

DEMO = Path(__file__).parent.parent / "fixtures" / "demo"
#: What people may call their modules; nothing of it may mean anything in a picture.
NASTY = ("<script>alert(1)</script>", 'a"b', "x\n--\n]]>", "a'b&c", "\x1b[31m", "\u202eabc", "#quot;end", "-->", "\\")


@cache
def demo(direction: Directions = "both") -> Planned:
    """The upgrade of `fixtures/demo`, whose files are read as in that folder."""
    with contextlib.chdir(DEMO):
        options = Options(["lib/*/ebin"], isolated=True)
        return planned("rel/shop-1.4.0.rel", ["rel/shop-1.3.0.rel"], Asked(direction), options)


def way(direction: Directions = "up") -> Timeline:
    """One way of the demo."""
    [timeline] = demo(direction).timelines
    return timeline


def entry(script: str, policy: Policy = Policy(), *, checked: bool = False) -> Timeline:  # noqa: B008 - it is frozen
    """The timeline of a relup's way up from 1 to 2, whose instructions are given as text; if `checked`, with errors."""
    term = read_text(f'{{"2", [{{"1", [], [{script}]}}], []}}', "relup", 25)
    assert isinstance(term, Term)
    problems = Problems()
    relup = relup_from(term, "relup", problems)
    assert relup is not None
    if checked:
        verify_relup(relup, problems)
    return timeline_of_entry(relup.entries[0], policy, problems.found)


def nasty() -> Planned:
    """A plan whose names are all that they should not be."""
    atoms = List(tuple(map(Atom, NASTY)))
    loads = tuple(tup("load", tup(Atom(name), "brutal_purge", "brutal_purge")) for name in NASTY)
    calls = tuple(tup("apply", tup(Atom(name), Atom(name), List((Atom(name),)))) for name in NASTY)
    names = tuple(tup("load_object_code", tup(Atom(name), read('"1"'), List((Atom(name),)))) for name in NASTY)
    script = List((*names, Atom("point_of_no_return"), tup("suspend", atoms), *loads, *calls, tup("resume", atoms)))
    whole = tup(read('"2"'), List((tup(read('"1<&\\""'), List(()), script),)), List(()))
    relup = relup_from(whole, "relup", Problems())
    assert relup is not None
    return Planned((timeline_of_entry(relup.entries[0], Policy()),), vsn="2")


def read(text: str) -> Term:
    """A term of a text."""
    term = read_text(text, "text", 25)
    assert isinstance(term, Term)
    return term
