"""What rules about the order of instructions rest on, held against a real OTP."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from relupc.api.appups import appup_values
from relupc.api.found import Found
from relupc.model.instruction import dep_mods, modules, name_of
from relupc.model.layout import to_text
from relupc.model.lint import EntryPlan
from relupc.model.outcome import Options
from relupc.model.source import Source
from relupc.model.term import List, Term, as_list, is_known
from relupc.read.file import Unreadable
from relupc.read.text import read_first
from tests.cases import FIXTURES, Case, fact, read_cases
from tests.plan.test_otp import theirs
from tests.plan.world import draft
from tests.rules.test_entries import values

CODES = ("A201", "A204", "A604")
SUPERVISORS = Path(__file__).with_name("supervisors.escript")
ANSWERS = """\
restart before the update: {error,not_found}
the update: ok
restart after it: runs
restart of one that runs: {error,running}
start before the update: runs
update down: ok
delete before terminate: {error,running}
terminate: ok
delete: ok
start without code: undef
call while suspended: waits
"""


def entries() -> Iterator[EntryPlan]:
    """The entries of appups in the fixtures of these rules that say by themselves what OTP makes of them."""
    found = [values(case) for code in CODES for case in read_cases(FIXTURES / "rules" / f"{code}.txt")]
    for code in CODES:
        for appup in sorted((FIXTURES / "codes" / code).rglob("*.appup")):
            found.append(Found())
            appup_values(str(appup), Options(), found[-1])
    for value in (value for one in found for value in one.values):
        if isinstance(value, EntryPlan) and value.plan is not None and value.appup.app and is_known(value.entry.script):
            about = {module for step in value.steps for module in modules(step.instruction)}
            strangers = {dep for step in value.steps for dep in dep_mods(step.instruction)} - about
            applications = any((name_of(s.instruction) or "").endswith("_application") for s in value.steps)
            if not strangers and not applications:
                yield value


def question(entry: EntryPlan) -> Case:
    """The entry as a case of an upgrade from shop 1.3.0, both with all modules that are mentioned."""
    about = dict.fromkeys(module for step in entry.steps for module in modules(step.instruction))
    listed = to_text(List(tuple(about)))
    builds = [
        f'{{{name}, [{{shop, "{vsn}", [{{modules, {listed}}}]}}]}}.'
        for name, vsn in (("top", "1.4.0"), ("base", "1.3.0"))
    ]
    given = [fact("direction", entry.direction), *builds, fact("script", "shop", entry.entry.script)]
    return Case("entry", "\n".join(given), "")


def between_calls(steps: tuple[Term, ...]) -> list[list[str]]:
    """What is done between one call and the next; in which order does not matter."""
    parts: list[list[str]] = [[]]
    for step in steps:
        if name_of(step) == "apply":
            parts += [[to_text(step)], []]
        elif name_of(step) != "load_object_code":
            parts[-1].append(to_text(step))
    return [sorted(part) for part in parts]


def test_the_order_is_that_of_otp(erl: str) -> None:
    """Between two calls OTP does what relupc expects."""
    found = list(entries())
    assert len(found) > 40
    for entry, (status, script) in zip(found, theirs(erl, [draft(question(entry)) for entry in found]), strict=True):
        term = read_first(Source("otp", f"{script}."))
        assert status == "ok", script
        assert not isinstance(term, Unreadable)
        expected = between_calls(tuple(step.instruction for step in entry.plan or ()))
        assert between_calls(as_list(term) or ()) == expected, to_text(entry.entry.script)


def test_a_restart_is_a_second_instruction_for_its_modules(erl: str) -> None:
    appup = FIXTURES / "codes" / "A115" / "bad" / "shop.appup"
    found = Found()
    appup_values(str(appup), Options(), found)
    entry = next(value for value in found.values if isinstance(value, EntryPlan))
    [answer] = theirs(erl, [draft(question(entry))])
    assert answer[:2] == ["error", "{muldef_module,shop_cart}"]
    assert " ".join(answer[2].split()) == "Multiply defined module: shop_cart"


def test_what_supervisors_answer(erl: str) -> None:
    """The answers that A604 speaks of, and that `start_child` needs no update."""
    done = subprocess.run([erl, str(SUPERVISORS)], capture_output=True, text=True, check=True)
    assert done.stdout == ANSWERS
