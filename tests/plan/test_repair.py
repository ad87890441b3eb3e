"""Instructions as people write them: what is said, and that what is written instead is right.

tests/plan/test_otp.py asks a real OTP what it says of each.
"""

from __future__ import annotations

import pytest

from relupc.fix import chosen, edited
from relupc.model.codes import A101
from relupc.model.diagnostic import Diagnostic, Problems
from relupc.model.instruction import BARE
from relupc.model.plan import Draft
from relupc.model.source import Source
from relupc.model.term import Term
from relupc.plan.expand import expand, full_form
from relupc.plan.merge import merge
from relupc.plan.repair import repairs
from relupc.plan.verify import verify
from relupc.plan.wording import FORMS
from relupc.read.file import Unreadable
from relupc.read.text import read_first
from tests.cases import FIXTURES, Case, compare, read_cases
from tests.plan.world import answer, draft

FILE = FIXTURES / "plan" / "repair.txt"
# A wrong part of an instruction that has another one, which hides what was meant; and what can only be guessed at.
WITHOUT_FIX = {
    "supervisor with a comment before the list",
    "load_module: a purge misspelled, and too little else",
    "a string that is no name",
    "a verb that is nearly one, with faults that hide it",
    "apply: an arity for the arguments",
}


def checked(given: Draft, problems: Problems) -> Draft:
    return verify(merge(expand(given, problems), problems), problems)


def said(case: Case) -> list[Diagnostic]:
    problems = Problems()
    checked(draft(case), problems)
    return [d for d in problems.found if d.code is A101]


def test_fixtures(refresh: bool) -> None:
    compare(FILE, answer(checked), refresh)


@pytest.mark.parametrize("case", read_cases(FILE), ids=lambda case: case.title)
def test_what_is_written_instead_is_right(case: Case) -> None:
    """One after the other, until there is nothing to say."""
    given, found = case, said(case)
    assert found
    assert all(d.fix is None for d in found) == (case.title in WITHOUT_FIX)
    for _ in range(len(found)):
        edits, _ = chosen([d for d in found if d.fix])
        given = Case(given.title, edited(given.given, edits.get("given", [])), "")
        found = said(given)
    assert bool(found) == (case.title in WITHOUT_FIX)


def term(text: str) -> Term:
    found = read_first(Source("t", text + "."))
    assert not isinstance(found, Unreadable)
    return found


@pytest.mark.parametrize("word", sorted(BARE | set(FORMS)))
def test_every_name_but_for_a_letter(word: str) -> None:
    instruction = term(word[:-1])
    fault, repair = next(repairs(instruction))
    assert fault[0] == "bad_instruction"
    assert word in repair.help


def test_a_list_of_faults_takes_no_time() -> None:
    """The whole instruction is looked at once, not once for each of its faults."""
    many = term(f"{{purge, [{', '.join(['1'] * 20000)}]}}")
    assert len(list(repairs(full_form(many)))) == 20000


def test_each_character_of_a_string_is_said_once() -> None:
    assert len(list(repairs(full_form(term('{load_module, a, "shop cart"}'))))) == 1


def test_only_the_instructions_that_may_stand_there_are_meant() -> None:
    """In a relup there is no `load_module`."""
    for text, word in (("{load, m}", "load_module"), ("{load_modul, m}", "load_module")):
        instruction = term(text)
        assert word in next(repairs(instruction))[1].help
        assert word not in next(repairs(instruction, ("load", "purge")))[1].help
