from __future__ import annotations

import subprocess
from pathlib import Path

from relupc import rules
from relupc.model.codes import TABLE
from relupc.model.diagnostic import Diagnostic, Problems
from relupc.model.layout import to_text
from relupc.model.lint import RelupFile
from relupc.model.source import Source
from relupc.model.term import List
from relupc.plan.relup import verify_relup
from relupc.read.file import Unreadable
from relupc.read.relup import relup_from
from relupc.read.text import read_first
from tests.cases import FIXTURES, Case, compare, read_cases, told

FILE = FIXTURES / "relup" / "plan.txt"
ESCRIPT = Path(__file__).with_name("run_script.escript")
# What the node does without a complaint, and what is an error all the same: what stays suspended, what a check should
# not do, and what systools would not write.
TOLERATED = {"out of balance", "too early", "parts of the wrong kind"}


def relup_of(case: Case) -> RelupFile:
    term, problems = read_first(Source("given", case.given)), Problems()
    assert not isinstance(term, Unreadable), case.title
    relup = relup_from(term, "relup", problems)
    assert relup, case.title
    assert problems.found == [], case.title
    return relup


def found_in(case: Case) -> list[Diagnostic]:
    problems = Problems()
    verify_relup(relup_of(case), problems)
    return problems.found


def test_fixtures(refresh: bool) -> None:
    compare(FILE, lambda case: "\n".join(map(told, found_in(case))), refresh)


def test_what_a_node_makes_of_them(erl: str) -> None:
    """What a real release_handler refuses or fails at is an error here; nearly all other errors are such."""
    cases = read_cases(FILE)
    relups = [relup_of(case) for case in cases]
    scripts = [List(tuple(s.instruction for s in entry.steps)) for relup in relups for entry in relup.entries]
    text = "".join(to_text(script) + ".\n" for script in scripts)
    done = subprocess.run([erl, str(ESCRIPT)], input=text, capture_output=True, text=True, check=True)
    answers = iter(done.stdout.split())
    assert len(done.stdout.split()) == len(scripts) > 20
    for case, relup in zip(cases, relups, strict=True):
        said = [*found_in(case), *rules.run(relup.entries, frozenset(TABLE), {})]
        for entry in relup.entries:
            own = (entry.direction, *(entry.subject().old, entry.subject().new))
            errors = [d for d in said if (d.subject.direction, d.subject.old, d.subject.new) == own]
            refused = any(d.severity == "error" for d in errors)
            node = next(answers)
            assert refused == (node != "ok") or (refused and case.title in TOLERATED), (case.title, own, node)
