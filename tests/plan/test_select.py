from __future__ import annotations

from relupc.model.diagnostic import Problems
from relupc.plan.select import select
from tests.cases import FIXTURES, Case, compare
from tests.plan.world import answer, draft


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "plan" / "select.txt", answer(select), refresh)


def test_an_appup_that_could_not_be_read_is_not_told_again() -> None:
    problems = Problems()
    given = draft(Case("", '{top, [{foo, "2"}, {bar, "1"}]}. {base, [{foo, "1"}]}.', ""))
    found = select(given, problems)
    assert [script.app for script in found.scripts] == ["bar"]
    assert problems.found == []


def test_of_an_application_listed_twice_in_the_base_the_first_counts() -> None:
    given = draft(Case("", '{top, [{foo, "2"}]}. {base, [{foo, "2"}, {foo, "1"}]}.', ""))
    assert select(given, Problems()).scripts == ()


def test_whom_it_is_about() -> None:
    problems = Problems()
    given = '{direction, down}. {top, [{foo, "2"}]}. {base, [{foo, "1"}]}. {appup, foo, {"2", [], []}}.'
    select(draft(Case("", given, "")), problems)
    (found,) = problems.found
    subject = found.subject
    assert (subject.app, subject.direction, subject.old, subject.new) == ("foo", "down", "2.0", "1.0")
    assert found.severity == "error", "a missing downgrade is a warning for a linter, an error for a compiler"
