"""The cases of fixtures/read, compared with a real OTP: the same releases are good, the reasons for bad ones too."""

from __future__ import annotations

import re
from pathlib import Path

from relupc.model.layout import to_text
from tests.builds import CORE, app, app_term
from tests.cases import FIXTURES, Case, read_cases
from tests.otp import case as otp_case
from tests.otp.oracle import Answer, ask
from tests.read.facts import lay_down

CORE_LIST = ", ".join(f'{{{name}, "{vsn}"}}' for name, vsn in CORE.items())


def rel(name: str, *apps: str) -> str:
    return f'=== {name}.rel\n{{release, {{"shop", "1"}}, {{erts, "13.1"}}, [{", ".join([CORE_LIST, *apps])}]}}.\n'


def app_file(vsn: str) -> str:
    return f"=== {vsn}/foo.app\n{to_text(app_term(app('foo', vsn)))}.\n"


def otp_answers(erl: str, folder: Path, cases: list[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> list[Answer]:
    """What OTP makes of each: the files as one text, the search path, the bases."""
    core = "".join(f"=== core/{name}.app\n{to_text(app_term(app(name, vsn)))}.\n" for name, vsn in CORE.items())
    folders = [folder / str(number) for number in range(len(cases))]
    for place, (text, path, bases) in zip(folders, cases, strict=True):
        lay_down(core + text, place)
        otp_case.write(place, otp_case.Call("x", bases, (), (*path, "core")), {})
    return ask(erl, "plain", folders)


def agree(case: Case, answer: Answer) -> None:
    """What is expected names OTP's reason first, or is no error at all."""
    said = re.search(r"^ {2}otp: (?:systools_\w+/\S+ )?(.*)$", case.expected, re.MULTILINE)
    if said is None:
        assert answer.error is None, f"{case.title}: {answer.error}"
        return
    assert answer.error is not None, case.title
    theirs = re.sub(r"\s*\n\s*", "", answer.error.term)
    found = said[1]
    if "'$stack'" in found:
        start = found.split("'$stack'")[0]
        assert start in theirs, case.title
    else:
        assert found in theirs, f"{case.title}\n{theirs}"


def test_rel(erl: str, tmp_path: Path) -> None:
    """Applications are not in the folder: for a good .rel that is what OTP says next."""
    cases = read_cases(FIXTURES / "read" / "rel.txt")
    answers = otp_answers(erl, tmp_path, [(f"=== x.rel\n{case.given}", (), ()) for case in cases])
    for case, answer in zip(cases, answers, strict=True):
        if "otp:" in case.expected:
            agree(case, answer)
        else:
            assert answer.error is None or "not_found" in answer.error.error_class, case.title


def test_app(erl: str, tmp_path: Path) -> None:
    cases = [case for case in read_cases(FIXTURES / "read" / "app.txt") if not case.title.startswith("otp ")]
    release = rel("x", '{foo, "1"}', '{i, "1"}')
    files = [f"{release}=== lib/foo.app\n{case.given}" for case in cases]
    for case, answer in zip(cases, otp_answers(erl, tmp_path, [(text, ("lib",), ()) for text in files]), strict=True):
        if "otp:" in case.expected:
            agree(case, answer)
        else:
            assert answer.error
            assert answer.error.term.startswith('[{error_reading,{i,{not_found,"i.app"}}}'), case.title


def test_appup(erl: str, tmp_path: Path) -> None:
    """The base has another version; for a good appup OTP finds an entry, or none."""
    cases = read_cases(FIXTURES / "read" / "appup.txt")
    both = rel("x", '{foo, "2"}') + rel("old", '{foo, "1"}') + app_file("2") + app_file("1")
    answers = otp_answers(erl, tmp_path, [(f"{both}=== 2/foo.appup\n{c.given}", ("2", "1"), ("old",)) for c in cases])
    for case, answer in zip(cases, answers, strict=True):
        if "otp:" in case.expected:
            assert answer.error
            assert answer.error.error_class in case.expected, case.title
            theirs = re.sub(r"\s*\n\s*", "", answer.error.term).replace('"2/foo.appup"', '"foo.appup"')
            assert theirs in case.expected, case.title
        else:
            good = answer.error is None or answer.error.error_class.split("/")[1] in ("no_relup", "function_clause")
            assert good or "bad_instruction" in str(answer.error), case.title


def test_release(erl: str, tmp_path: Path) -> None:
    cases = [case for case in read_cases(FIXTURES / "read" / "release.txt") if " R119 " not in case.expected]
    paths = [tuple(line[5:] for line in c.given.splitlines() if line.startswith("path ")) for c in cases]
    answers = otp_answers(erl, tmp_path, [(c.given, path, ()) for c, path in zip(cases, paths, strict=True)])
    for case, answer in zip(cases, answers, strict=True):
        agree(case, answer)
