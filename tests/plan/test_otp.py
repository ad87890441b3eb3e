"""The cases of fixtures/plan, compared with a real OTP: the whole way from scripts to the plan."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest

from relupc.api.compile import attempt
from relupc.model.diagnostic import Problems
from relupc.model.instruction import POINT_OF_NO_RETURN
from relupc.model.layout import to_text
from relupc.model.outcome import Options
from relupc.model.plan import Draft, Script, Step
from relupc.model.term import List, tup
from relupc.plan import PASSES
from tests.builds import files
from tests.cases import FIXTURES, Case, read_cases
from tests.otp import case as otp_case
from tests.otp.oracle import ask
from tests.plan.world import draft

ESCRIPT = Path(__file__).with_name("translate.escript")
TRANSLATED = [file for file in sorted((FIXTURES / "plan").glob("*.txt")) if file.stem != "select"]
# Where OTP's answer depends on more than what is given; the title says so.
FREE = "tie:"


def whole(case: Case) -> Draft:
    """The draft of a case with all of its instructions in scripts, as they are before the first pass."""
    given = draft(case)
    steps = (*given.before, Step(POINT_OF_NO_RETURN, ()), *given.after)
    return given if given.scripts else Draft(
        given.direction, given.top, given.base, {}, scripts=(Script("foo", "all", steps),)
    )  # fmt: skip


def ours(given: Draft) -> tuple[str, str, tuple[str, ...]]:
    """The plan, or OTP's words for the first fault: what it is, its term and the note that quotes OTP."""
    for one_pass in PASSES[1:]:
        problems = Problems()
        given = one_pass(given, problems)
        for problem in problems.found:
            if problem.severity == "error":
                assert problem.otp
                return problem.otp.error_class.split("/")[0], problem.otp.term, problem.notes
    steps = (*given.before, Step(POINT_OF_NO_RETURN, ()), *given.after)
    return "ok", to_text(List(tuple(step.instruction for step in steps))), ()


def theirs(erl: str, drafts: list[Draft]) -> list[list[str]]:
    questions = []
    for given in drafts:
        scripts = List(tuple(List(tuple(step.instruction for step in script.steps)) for script in given.scripts))
        apps = (List(tuple(app.term() for app in build.sorted)) for build in (given.post, given.pre))
        questions.append(to_text(tup(given.direction, scripts, *apps)) + ".\n")
    done = subprocess.run([erl, str(ESCRIPT)], input="".join(questions), capture_output=True, text=True, check=True)
    lines = [line.split(" ") for line in done.stdout.splitlines()]
    return [[status, *(base64.b64decode(field).decode() for field in fields)] for status, *fields in lines]


def test_translation(erl: str) -> None:
    """systools_rc gives the same script, or the same reason, and the note quotes what it prints of that."""
    cases = [(file.stem, case) for file in TRANSLATED for case in read_cases(file)]
    drafts = [whole(case) for _, case in cases]
    answers = theirs(erl, drafts)
    assert len(answers) == len(cases) > 200
    for (name, case), given, (status, term, *said) in zip(cases, drafts, answers, strict=True):
        kind, found, notes = ours(given)
        title = f"{name}: {case.title}"
        if kind == "ok":
            old_sasl = "counts as older" in case.expected  # systools_relup does this later
            if not case.title.startswith(FREE) and not old_sasl:
                assert (status, term) == ("ok", found), title
            continue
        assert status == ("crash" if kind == "crash" else "error"), title
        if "'$stack'" in found:
            assert term.split(",")[0] == found.split(",")[0], title
        else:
            assert term == found, title
            quoted = [note.removeprefix("OTP says `").removesuffix("`") for note in notes]
            assert [" ".join(text.split()) for text in said] == quoted or " " not in said[0].strip(), title


def test_selection(erl: str, tmp_path: Path) -> None:
    """Of the cases of `select` the whole relup is compared, or the reason, and the warnings."""
    cases = read_cases(FIXTURES / "plan" / "select.txt")
    folders = [tmp_path / str(number) for number in range(len(cases))]
    for case, folder in zip(cases, folders, strict=True):
        lay_down(case, folder)
    for case, folder, answer in zip(cases, folders, ask(erl, "plain", folders), strict=True):
        call = otp_case.read(folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            options = Options(call.path, isolated=True, restart=call.restart)
            ups, downs = ([f"{base}.rel" for base in bases] for bases in (call.up_from, call.down_to))
            outcome = attempt(call.new + ".rel", ups, downs, options)
        errors = [d for d in outcome.diagnostics if d.severity == "error"]
        if outcome.compiled:
            assert answer.relup == outcome.compiled.text.encode(), case.title
            warnings = [d.otp for d in reversed(outcome.diagnostics)]
            assert [(w.error_class, w.term) for w in warnings if w] == [
                (w.error_class, w.term) for w in answer.warnings
            ], case.title
        elif errors[0].otp:
            assert answer.error, case.title
            assert (answer.error.error_class, answer.error.term) == (errors[0].otp.error_class, errors[0].otp.term), (
                case.title
            )
        else:
            assert errors[0].code.code == "A009", case.title


def lay_down(case: Case, folder: Path) -> None:
    """The files of a case, and its `case.json`."""
    given = draft(case)
    contents = {name: text.encode() for build in (given.top, given.base) for name, text in files(build).items()}
    for fact in case.facts():
        if fact.items[0] == tup("appup").items[0]:
            name = to_text(fact.items[1]).strip("'")
            folder_of = {app.name: app.directory for app in given.top.apps}[name]
            contents[f"{folder_of}/{name}.appup"] = f"{to_text(fact.items[2])}.\n".encode()
    up, down = (("1.0",), ()) if given.direction == "up" else ((), ("1.0",))
    call = otp_case.Call("2.0", up, down, ("lib/*/ebin",), restart=given.restart)
    otp_case.write(folder, call, dict(contents))
