"""The fixtures that systools refuses in, what it says of each out: as text, as a term, and relupc's codes for it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import relupc
from relupc.model.diagnostic import Diagnostic
from tests.cases import FIXTURES, Case, read_cases
from tests.otp import judge, oracle
from tests.otp.oracle import Answer
from tests.plan import test_otp as plan
from tests.read import test_otp as read
from tests.validate import test_otp as validate


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a real systools said of a fixture: printed, as a term, its class; and relupc's codes for it."""

    title: str
    text: str | None
    term: str
    error_class: str
    codes: frozenset[str]

    @property
    def forms(self) -> list[str]:
        """All that people may have at hand, but for the names of its class."""
        module = self.error_class.split("/")[0]
        return [*filter(None, [self.text]), f"{{error,{module},{self.term}}}", self.term]


def refusals(erl: str, folder: Path) -> Iterator[Refusal]:
    """All of them; `folder` is empty, and for the files of those that are not laid out yet."""
    yield from of_compile(erl, folder / "compile")
    yield from of_plan(erl)
    yield from of_read(erl, folder / "read")
    yield from of_validate(erl, folder / "validate")


def of_compile(erl: str, folder: Path) -> Iterator[Refusal]:
    folders = [found.parent for found in FIXTURES.glob("compile/*/otp.error")]
    folders = [each for each in folders if "crash/timeout" not in (each / "otp.error").read_text("utf-8")]
    for name in ("erts-and-core", "sasl-string-compare", "warnings-and-options"):  # warnings are printed there
        strict = shutil.copytree(FIXTURES / "compile" / name, folder / name)
        call = json.loads((strict / "case.json").read_text("ascii"))
        (strict / "case.json").write_text(json.dumps({**call, "fail_on": "warning"}), "ascii")
        folders.append(strict)
    unwritable = FIXTURES / "compile" / "error-nowhere-to-write"  # relupc.compile() writes nothing
    folders.remove(unwritable)
    for each, answer in zip([unwritable, *folders], oracle.ask(erl, "plain", [unwritable, *folders]), strict=True):
        assert answer.error, each
        if each == unwritable:
            yield Refusal(each.name, answer.text, answer.error.term, answer.error.error_class, frozenset({"R116"}))
            continue
        said = errors_of(each)
        mine = frozenset(d.code.code for d in said if d.otp and d.otp.error_class == answer.error.error_class)
        assert mine, each
        yield Refusal(each.name, answer.text, answer.error.term, answer.error.error_class, mine)
        for warning in answer.warnings:
            its = frozenset(d.code.code for d in said if d.otp and d.otp.error_class == warning.error_class)
            yield Refusal(each.name, answer.text, warning.term, warning.error_class, its)


def errors_of(directory: Path) -> list[Diagnostic]:
    with pytest.raises(relupc.RelupcError) as raised:
        judge.compiled(directory)
    return raised.value.diagnostics


def of_plan(erl: str) -> Iterator[Refusal]:
    cases = [case for file in plan.TRANSLATED for case in read_cases(file) if refused(case)]
    answers = plan.theirs(erl, [plan.whole(case) for case in cases])
    for case, (status, term, *texts) in zip(cases, answers, strict=True):
        name = re.match(r"\{?'?(\w+)", term)
        error_class = f"systools_rc/{name[1] if name else ''}"
        mine = refused(case).get(error_class)  # a case of a later pass may have a fault that OTP finds before
        if status == "error" and mine:
            yield Refusal(case.title, texts[0], term, error_class, frozenset(mine))


def of_read(erl: str, folder: Path) -> Iterator[Refusal]:
    """Releases: the other files of fixtures/read say what they say in them too."""
    kept = [c for c in read_cases(FIXTURES / "read" / "release.txt") if " R119 " not in c.expected and refused(c)]
    paths = [tuple(line[5:] for line in case.given.splitlines() if line.startswith("path ")) for case in kept]
    no_bases: tuple[str, ...] = ()
    asked = [(case.given, path, no_bases) for case, path in zip(kept, paths, strict=True)]
    yield from of_answers(kept, read.otp_answers(erl, folder / "release", asked))
    kept = [case for case in read_cases(FIXTURES / "read" / "rel.txt") if refused(case)]
    yield from of_answers(
        kept, read.otp_answers(erl, folder / "rel", [(f"=== x.rel\n{c.given}", (), ()) for c in kept])
    )
    kept = [
        case for case in read_cases(FIXTURES / "read" / "app.txt") if refused(case) and "otp " not in case.title[:4]
    ]
    release = read.rel("x", '{foo, "1"}', '{i, "1"}')
    files = [f"{release}=== lib/foo.app\n{case.given}" for case in kept]
    yield from of_answers(kept, read.otp_answers(erl, folder / "app", [(text, ("lib",), ()) for text in files]))
    kept = [case for case in read_cases(FIXTURES / "read" / "appup.txt") if refused(case)]
    both = read.rel("x", '{foo, "2"}') + read.rel("old", '{foo, "1"}') + read.app_file("2") + read.app_file("1")
    appups = [f"{both}=== 2/foo.appup\n{case.given}" for case in kept]
    answers = read.otp_answers(erl, folder / "appup", [(text, ("2", "1"), ("old",)) for text in appups])
    yield from of_answers(kept, answers)


def of_validate(erl: str, folder: Path) -> Iterator[Refusal]:
    kept = [c for name in validate.FILES for c in read_cases(FIXTURES / "validate" / f"{name}.txt") if refused(c)]
    kept = [case for case in kept if "timeout" not in case.expected]
    folders = [folder / str(number) for number in range(len(kept))]
    for case, each in zip(kept, folders, strict=True):
        validate.lay_down(case, each)
    yield from of_answers(kept, oracle.ask(erl, "plain", folders))


def of_answers(cases: list[Case], answers: list[Answer]) -> Iterator[Refusal]:
    for case, answer in zip(cases, answers, strict=True):
        assert answer.error, case.title
        mine = refused(case).get(answer.error.error_class, set())
        yield Refusal(case.title, answer.text, answer.error.term, answer.error.error_class, frozenset(mine))


def refused(case: Case) -> dict[str, set[str]]:
    """The classes of OTP's errors that a case expects, with relupc's codes."""
    found: dict[str, set[str]] = {}
    for said in re.split(r"^(?=\w+ [ART]\d{3} )", case.expected, flags=re.MULTILINE):
        code, name = re.match(r"error ([ART]\d{3}) ", said), re.search(r"^  otp: (\w+/\S+)", said, re.MULTILINE)
        if code and name:
            found.setdefault(name[1], set()).add(code[1])
    return found
