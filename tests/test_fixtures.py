"""The golden cases: fixtures/compile and fixtures/demo through relupc, fixtures/real through the reader.

`otp.*` is what a real OTP made of a case, `expected.txt` what relupc says of it. `--refresh` rewrites both.
"""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from relupc import cli
from relupc.model.layout import to_text
from relupc.read.file import Unreadable, read_source
from relupc.read.text import read_first
from tests.otp import case, judge, oracle
from tests.otp.oracle import Answer, Said

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = [FIXTURES / "demo", *sorted(found.parent for found in FIXTURES.glob("compile/*/case.json"))]
APPUPS = sorted(path for path in FIXTURES.glob("real/appups/*/*") if path.suffix != ".term")
#: What OTP reads otherwise, and why that is left so.
EXCEPTIONS = {
    "emqx-67a3b2d7.appup.src": "a program before the term: OTP parses it, and names the line of what follows it",
}


def _name(path: Path) -> str:
    return path.name


def test_otp_says_what_is_written(erl: str, refresh: bool) -> None:
    answers = oracle.settled(erl, CASES)
    if refresh:
        for directory, answer in zip(CASES, answers, strict=True):
            _write_answer(directory, answer)
    wrong = [
        directory.name
        for directory, answer in zip(CASES, answers, strict=True)
        if _kept(directory) != (answer.relup, answer.error)
    ]
    assert not wrong
    mine = [(answer, judge.run_relupc(directory)) for directory, answer in zip(CASES, answers, strict=True)]
    assert not [said for answer, own in mine if (said := judge.warnings_differ(answer, own))]


@pytest.mark.parametrize("directory", CASES, ids=_name)
def test_relupc_says_what_otp_says(directory: Path) -> None:
    relup, error = _kept(directory)
    mine = judge.run_relupc(directory)
    if case.read(directory).out != "relup":  # compile() writes nothing; the command does, see below
        assert mine.text is not None
        return
    assert judge.difference(Answer("", False, error, None, relup, mine.warnings), mine) is None


@pytest.mark.parametrize("directory", CASES, ids=_name)
def test_the_command_reports(directory: Path, refresh: bool, tmp_path: Path) -> None:
    call = case.read(directory)
    out = str(tmp_path / "relup") if call.out == "relup" else call.out
    argv = [
        "compile",
        call.new,
        "--isolated",
        "--otp=25",
        "--format=concise",
        f"--fail-on={call.fail_on}",
        f"--out={out}",
    ]
    for flag, bases in (("--up-from", call.up_from), ("--down-to", call.down_to)):
        argv += [f"{flag}={base if isinstance(base, str) else '='.join(base)}" for base in bases]
    argv += [f"--path={element}" for element in call.path] + ["--restart"] * call.restart
    stdout, stderr = io.StringIO(), io.StringIO()
    with contextlib.chdir(directory):
        code = cli.main(argv, stdout, stderr)
    report = f"{stdout.getvalue()}exit {code}\n"
    expected = directory / "expected.txt"
    if refresh:
        expected.write_text(report, "utf-8")
    assert report == expected.read_text("utf-8")
    relup, error = _kept(directory)
    assert (tmp_path / "relup").is_file() == (relup is not None)
    assert (code == 0) == (error is None)
    if relup is not None:
        assert (tmp_path / "relup").read_bytes() == relup


def test_otp_reads_the_real_appups_as_written(erl: str, refresh: bool) -> None:
    texts = [
        f"{answer.error.error_class}\n{answer.error.term}\n" if answer.error else f"{answer.text}\n"
        for answer in oracle.read_terms(erl, APPUPS)
    ]
    if refresh:
        for path, text in zip(APPUPS, texts, strict=True):
            _term_file(path).write_text(text, "utf-8")
    wrong = [p.name for p, text in zip(APPUPS, texts, strict=True) if _term_file(p).read_text("utf-8") != text]
    assert not wrong


@pytest.mark.parametrize("path", APPUPS, ids=_name)
def test_relupc_reads_the_real_appups_as_otp_does(path: Path) -> None:
    source = read_source(str(path))
    read = source if isinstance(source, Unreadable) else read_first(source, 25)
    text = f"{read.kind}\n{to_text(read.detail)}\n" if isinstance(read, Unreadable) else f"{to_text(read)}\n"
    assert (text == _term_file(path).read_text("utf-8")) == (path.name not in EXCEPTIONS)


def _term_file(path: Path) -> Path:
    return path.with_name(path.name + ".term")


def _kept(directory: Path) -> tuple[bytes | None, Said | None]:
    """What OTP made of a case when it was last asked: the relup, or the error's class and term."""
    relup, error = directory / "otp.relup", directory / "otp.error"
    if relup.is_file():
        return relup.read_bytes(), None
    error_class, term = error.read_text("utf-8").split("\n", 1)
    return None, Said(error_class, term.removesuffix("\n"))


def _write_answer(directory: Path, answer: Answer) -> None:
    (directory / "otp.relup").unlink(missing_ok=True)
    (directory / "otp.error").unlink(missing_ok=True)
    if answer.error is not None:
        (directory / "otp.error").write_text(f"{answer.error.error_class}\n{answer.error.term}\n", "utf-8")
    else:
        (directory / "otp.relup").write_bytes(answer.relup or b"")
