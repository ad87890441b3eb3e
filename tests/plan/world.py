"""For tests: a case of fixtures/plan in, the draft that a pass is given out; and a draft in, its facts out.

fixtures/plan/README.md says what the facts are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from relupc.model.appup import Appup, Entries, Entry
from relupc.model.diagnostic import Problems
from relupc.model.plan import Draft, Script, Step
from relupc.model.source import Source, Span
from relupc.model.term import Atom, Int, List, Term, Tuple, as_atom, as_list, as_string
from relupc.read.file import Unreadable
from relupc.read.text import read_first
from tests.builds import sorted_release
from tests.cases import Case, fact, told

Pass = Callable[[Draft, Problems], Draft]
TOP = '[{foo, "2", [{modules, [a, b, c, d, e]}]}, {bar, "7", [{modules, [z]}]}].'
BASE = TOP.replace('"2"', '"1"')


def answer(one_pass: Pass) -> Callable[[Case], str]:
    """What a pass makes of a case: the facts that it changed, then all that it says."""

    def answered(case: Case) -> str:
        given, problems = draft(case), Problems()
        found = one_pass(given, problems)
        return "\n".join([*changes(given, found), *map(told, problems.found)])

    return answered


def draft(case: Case) -> Draft:
    """The draft that a case describes."""
    facts = [(as_atom(term.items[0]), term.items[1:]) for term in case.facts()]
    one = dict(facts)
    top_erts, base_erts = (as_string(v) or "" for v in one.get("erts", (_text('"13.1"'), _text('"13.1"'))))
    way: Literal["up", "down"] = "down" if one.get("direction") == (Atom("down"),) else "up"
    otp = one.get("otp", (Int(25),))[0]
    appups = [_appup(name, term) for fact_name, (name, *rest) in facts if fact_name == "appup" for term in rest]
    scripts = [_script(name, term) for fact_name, (name, *rest) in facts if fact_name == "script" for term in rest]
    top = sorted_release("2.0", top_erts, one.get("top", (_text(TOP),))[0])
    return Draft(
        way,
        top,
        sorted_release("1.0", base_erts, one.get("base", (_text(BASE),))[0]),
        {(a.name, a.vsn): appup for appup in appups for a in top.sorted if a.name == appup.app},
        restart="restart" in one,
        otp=otp.value if isinstance(otp, Int) else 0,
        scripts=tuple(scripts),
        before=_steps(one["early"][0]) if "early" in one else (),
        after=_steps(one["late"][0]) if "late" in one else (),
        groups=_groups(one["groups"][0]) if "groups" in one else (),
    )


def _text(text: str) -> Term:
    term = read_first(Source("default", text if text.endswith(".") else text + "."))
    assert not isinstance(term, Unreadable)
    return term


def _appup(name: Term, term: Term) -> Appup:
    app = as_atom(name) or ""
    assert isinstance(term, Tuple)
    vsn, up, down = term.items
    return Appup(app, f"lib/{app}-2/ebin/{app}.appup", vsn, _entries(up), _entries(down), term.span)


def _entries(term: Term) -> Entries:
    if not isinstance(term, List):
        return Entries((), term, term.span)
    found = [Entry(*item.items) for item in term.items if isinstance(item, Tuple) and len(item.items) == 2]
    return Entries(tuple(found), term.tail, term.span)


def _script(name: Term, term: Term) -> Script:
    return Script(as_atom(name) or "", "appup", _steps(term))


def _steps(term: Term) -> tuple[Step, ...]:
    assert isinstance(term, List)
    return tuple(Step(item, (item.span or "somewhere",)) for item in term.items)


def _groups(term: Term) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(as_atom(name) or "" for name in as_list(group) or ()) for group in as_list(term) or ())


def changes(old: Draft, new: Draft) -> list[str]:
    """What of a draft is not as it was, as facts. Nothing else than these may change."""
    assert new == replace(
        old, scripts=new.scripts, before=new.before, after=new.after, groups=new.groups, cycles=new.cycles
    )
    found = []
    if new.scripts != old.scripts:
        found += [_script_fact(script) for script in new.scripts] or ["% no scripts"]
    for name, was, now in (("early", old.before, new.before), ("late", old.after, new.after)):
        if was != now:
            found.append(fact(name, List(tuple(step.instruction for step in now))))
    if new.groups != old.groups:
        found.append(fact("groups", List(tuple(List(tuple(map(Atom, group))) for group in new.groups))))
    return found


def _script_fact(script: Script) -> str:
    because = script.because.text if isinstance(script.because, Span) else script.because
    steps = List(tuple(step.instruction for step in script.steps))
    return fact("script", script.app, steps) + ("" if because == "appup" else f"  % because of {because}")
