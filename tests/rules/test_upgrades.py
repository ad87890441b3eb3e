"""Cases of fixtures/upgrades: two releases and appups in, what the rule that a file is named by says of them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from relupc import rules
from relupc.api.appups import DIRECTIONS
from relupc.api.releases import upgrade
from relupc.model.appup import Appup
from relupc.model.diagnostic import Problems
from relupc.model.lint import ReleaseFolder
from relupc.model.plan import Draft
from relupc.model.term import List, Term, as_atom, as_string
from relupc.plan import run
from relupc.read.appup import appup_from
from relupc.report import distinct
from tests.builds import sorted_release
from tests.cases import FIXTURES, Case, compare, read_cases, told

FILES = sorted((FIXTURES / "upgrades").glob("*.txt"))
ABSENT: Term = List(())


def values(case: Case) -> list[object]:
    """Both ways between the releases `top` and `base`, 2.0 and 1.0 if no other versions are given."""
    facts = {as_atom(term.items[0]): term.items for term in case.facts()}
    versions = facts.get("versions", ())
    names = [as_string(vsn) or "" for vsn in versions[1:]] or ["2.0", "1.0"]
    top, base = (sorted_release(vsn, "13.1", facts[name][1]) for name, vsn in zip(("top", "base"), names, strict=True))
    appups: dict[tuple[str, str], Appup] = {}
    for term in case.facts():
        if as_atom(term.items[0]) == "appup":
            name = as_atom(term.items[1]) or ""
            appup = appup_from(term.items[2], name, f"{name}.appup", Problems())
            app = top.app(name)
            assert appup, f"the appup of {name} is none"
            assert app, f"{name} is not in the new release"
            appups[name, app.vsn] = appup
    drafts = [Draft(way, top, base, appups) for way in DIRECTIONS]
    folder = ReleaseFolder(top)
    return [folder, *(upgrade(draft, run(draft, ABSENT, Problems()), folder, otp_apps=False) for draft in drafts)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_fixtures(file: Path, refresh: bool) -> None:
    def said(case: Case) -> str:
        return "\n".join(map(told, distinct(rules.run(values(case), {file.stem}, {})))) or "nothing"

    compare(file, said, refresh)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_rules_are_asked_for_is_all_that_they_say(file: Path) -> None:
    """Without those that lack what they want, and of those that are quiet nothing but notes."""
    for case in read_cases(file):
        for value in values(case):
            asked = [rule for rule in rules.rules() if rule.code == file.stem and rule.on == type(value).__name__]
            checks = [(rule, rules.check_of(rule)) for rule in asked]
            plain = [(rule, check) for rule, check in checks if not check.takes_options]
            every = [d for _, check in plain for d in check.function(value)]
            assert [d for d in rules.run([value], {file.stem}, {}) if d in every] == every
            quiet = [d for rule, check in plain if rule.file in rules.NOTES for d in check.function(value)]
            assert all(d.severity == "note" for d in quiet)


def test_every_rule_about_two_releases_has_cases() -> None:
    assert len(FILES) >= 17
