"""The cases of fixtures/rules: instructions of an entry in, what the rule that a file is named by says of them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from relupc import rules
from relupc.api.appups import add_appup
from relupc.api.found import Found
from relupc.api.relups import add_relup
from relupc.model.appup import Appup, Entries, Entry
from relupc.model.diagnostic import Direction
from relupc.model.lint import EntryPlan, OwnApp, RelupFile, entry_plan
from relupc.model.plan import Step
from relupc.model.term import Atom, List, Str, Term, Tuple, Unknown, as_atom, as_list
from tests.cases import FIXTURES, Case, compare, read_cases, told

FILES = sorted((FIXTURES / "rules").glob("*.txt"))
UNKNOWN = Atom("$unknown")


def values(case: Case) -> Found:
    """What lint finds in an appup of `shop` 1.4.0 with one entry in each direction that is given, or in a relup."""
    facts = {as_atom(term.items[0]): term.items for term in case.facts()}
    found, entries = Found(), {way: _entries(facts, way) for way in ("up", "down")}
    if "relup" in facts:
        whole = Appup("", "relup", Str("1.4.0"), entries["up"], entries["down"], None)
        ways: tuple[Direction, Direction] = ("up", "down")
        plans = tuple(_plain(whole, entry, way) for way in ways for entry in entries[way].items)
        add_relup(RelupFile("relup", Str("1.4.0"), plans), found)
        return found
    name = as_atom(facts["app"][1]) if "app" in facts else "shop"
    own = None
    if "own" in facts:
        listed = tuple(m for m in as_list(facts["own"][1]) or () if isinstance(m, Atom))
        own = OwnApp(name or "", "1.4.0", listed, "shop.app")
    appup = Appup(name or "", "shop.appup", Str("1.4.0"), entries["up"], entries["down"], None)
    add_appup(appup, own, 25, found)
    return found


def _entries(facts: dict[str | None, tuple[Term, ...]], way: str) -> Entries:
    if way not in facts:
        return Entries((), None, None)
    name, script = facts[way]
    key = Str("1.3.0", name.span)
    return Entries((Entry(key, _open(script)),), None, None)


def _open(term: Term) -> Term:
    """The term with parts that only a build knows in place of `'$unknown'`."""
    if term == UNKNOWN:
        return Unknown("X", term.span)
    if isinstance(term, Tuple):
        return Tuple(tuple(map(_open, term.items)), term.span)
    return List(tuple(map(_open, term.items)), term.tail, term.span) if isinstance(term, List) else term


def _plain(whole: Appup, entry: Entry, way: Direction) -> EntryPlan:
    steps = tuple(Step(item, (item.span,) if item.span else ()) for item in as_list(entry.script) or ())
    return entry_plan(whole, entry, way, steps, steps)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_fixtures(file: Path, refresh: bool) -> None:
    def said(case: Case) -> str:
        return "\n".join(map(told, rules.run(values(case).values, {file.stem}, {}))) or "nothing"

    compare(file, said, refresh)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_rules_are_asked_for_is_all_that_they_say(file: Path) -> None:
    """Without those that lack what they want, and of those that are quiet nothing but notes."""
    for case in read_cases(file):
        for value in values(case).values:
            asked = [rule for rule in rules.rules() if rule.code == file.stem and rule.on == type(value).__name__]
            checks = [(rule, rules.check_of(rule)) for rule in asked]
            plain = [(rule, check) for rule, check in checks if not check.takes_options]
            every = [d for _, check in plain for d in check.function(value)]
            assert [d for d in rules.run([value], {file.stem}, {}) if d in every] == every
            quiet = [d for rule, check in plain if rule.file in rules.NOTES for d in check.function(value)]
            assert all(d.severity == "note" for d in quiet)


def test_there_are_cases() -> None:
    assert len(FILES) >= 9
