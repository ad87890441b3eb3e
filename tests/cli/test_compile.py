from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, NoReturn

import pytest

import relupc
from docs.refresh import run as in_a_copy
from relupc import cli
from relupc.api.compile import compile  # noqa: A004 - the command's name
from relupc.cli import DONE, FAILED, main
from relupc.cli.parser import flags_of, make_parser
from relupc.model.source import Source
from relupc.model.term import Tuple, as_list, as_string
from relupc.read.text import read_first
from relupc.report import FORMATS
from tests.shop import APPUP, PATH, rel, shop

ROOT = Path(__file__).parents[2]
ARGS = ("compile", "new.rel", "-p", PATH, "--isolated")
GOOD = (*ARGS, "--from", "old.rel")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "ERL_LIBS", "RELUPC_CONFIG", "RELUPC_FORMAT"):
        monkeypatch.delenv(name, raising=False)


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def run(*argv: str, out: io.StringIO | None = None) -> tuple[int, str, str]:
    """The exit code, and what came out of both streams."""
    stdout, stderr = out or io.StringIO(), io.StringIO()
    return main(argv, stdout, stderr), stdout.getvalue(), stderr.getvalue()


def process(
    *argv: str | bytes, env: dict[str, str] | None = None, stdout: int | IO[bytes] = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    whole = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "", **(env or {})}
    command = [sys.executable, "-m", "relupc", *argv]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, check=False, env=whole)


def test_a_relup_beside_the_new_release() -> None:
    os.mkdir("rel")
    shop(Path())
    os.rename("new.rel", "rel/new.rel")
    code, out, err = run("compile", "rel/new.rel", "-p", PATH, "--isolated", "-f", "old")
    assert code == 0
    assert Path("rel/relup").read_text().startswith("%% coding: utf-8\n")
    assert "shop 1.0 -> 2.0" in out
    assert err == "wrote rel/relup (2 plans, 6 steps)\n"
    assert "\x1b" not in out


def test_to_a_file() -> None:
    shop(Path())
    assert run(*GOOD, "-o", "there")[0] == 0
    assert os.path.exists("there")
    assert not os.path.exists("relup")


def test_to_standard_output() -> None:
    """The relup alone goes there; the report goes to the other stream."""
    shop(Path())
    code, out, err = run(*GOOD, "-o", "-")
    assert code == 0
    assert out == compile("new", old="old", path=[PATH], isolated=True).text
    assert "shop 1.0 -> 2.0" in err
    assert not os.path.exists("relup")
    shop(Path(), appup="nonsense.")
    code, out, err = run(*GOOD, "-o", "-")
    assert (code, out) == (1, "")
    assert "A001" in err


def test_a_relup_is_utf_8_wherever_it_goes() -> None:
    shop(Path(), appup='{"2", [{"1", [{apply, {m, f, [\'ß\', "é"]}}]}], []}.')
    done = process(
        *ARGS, "--up-from", "old", "-o", "-", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    )
    assert done.returncode == 0
    assert done.stdout == compile("new", up_from="old", path=[PATH], isolated=True).text.encode()
    assert "ß".encode() in done.stdout


def test_check() -> None:
    shop(Path())
    assert run(*GOOD, "--check")[0] == 1, "there is none"
    assert not os.path.exists("relup"), "nothing is written"
    assert run(*GOOD)[0] == 0
    code, _, err = run(*GOOD, "--check")
    assert (code, err) == (0, "relup is up to date (2 plans, 6 steps)\n")
    Path("relup").write_text("other")
    code, out, _ = run(*GOOD, "--check")
    assert code == 1
    assert "R117" in out
    assert Path("relup").read_text() == "other"
    assert run(*GOOD, "--check", "-o", "-")[0] == 2
    os.mkdir("folder")
    assert run(*GOOD, "--check", "-o", "folder")[0] == 1


WARNS = '{"3", [{"1", []}], [{"1", []}]}.'
CASES: dict[str, tuple[int, dict[str, str | None], tuple[str, ...]]] = {
    "good": (0, {}, ()),
    "warnings": (0, {"appup": WARNS}, ()),
    "warnings that count": (1, {"appup": WARNS}, ("--fail-on", "warning")),
    "warnings that never count": (0, {"appup": WARNS}, ("--fail-on", "never")),
    "an error": (1, {"appup": "nonsense."}, ()),
    "an error, where nothing counts": (1, {"appup": "nonsense."}, ("--fail-on", "never")),
    "no such release": (2, {"old": None}, ()),
    "no such option": (2, {}, ("--otp", "12")),
    "not to be written": (2, {}, ("-o", "gone/relup")),
    "out of date": (1, {}, ("--check",)),
}


@pytest.mark.parametrize("case", CASES)
def test_the_exit_code_is_the_same_in_every_format(case: str) -> None:
    expected, changes, flags = CASES[case]
    shop(Path(), **changes)
    for form in FORMATS:
        code, out, err = run(*GOOD, *flags, "--format", form)
        assert code == expected, (form, out, err)
        assert run(*GOOD, *flags, "--format", form, "-qq")[:2] == (expected, "")
        assert os.path.exists("relup") == (expected == 0)
        if expected == 0:
            os.unlink("relup")
        if form == "json":
            document = json.loads(out)
            assert bool(document["summary"]["error"]) == (expected != 0)


@pytest.mark.parametrize("form", FORMATS)
def test_the_screen(form: str, refresh: bool) -> None:
    """Two mistakes in an appup that lies in the sources, in every format; relupc.toml names the releases."""
    folder = ROOT / "fixtures" / "docs" / "compile-screen"
    text, code = in_a_copy(["compile", "--isolated", "--format", form], [ROOT / "fixtures" / "demo", folder])
    assert code == 1
    if form in ("full", "concise"):
        expected = folder / f"expected.{form}.txt"
        if refresh:
            expected.write_text(text, "utf-8", newline="\n")
        assert text == expected.read_text("utf-8")
    assert "\x1b" not in text
    assert text.count("A104") >= 1
    assert text.count("apps/shop/src/shop.appup") >= 2


def test_several_formats() -> None:
    shop(Path(), appup=WARNS)
    code, out, _ = run(*GOOD, "--format", "concise", "--format", "json=report.json,full=report.txt")
    assert code == 0
    assert out.count("A002") == 1
    assert json.loads(Path("report.json").read_text())["diagnostics"]
    assert "\x1b" not in Path("report.txt").read_text()
    assert " --> " in Path("report.txt").read_text()


def test_a_report_that_cannot_be_written() -> None:
    shop(Path())
    code, _, err = run(*GOOD, "--format", "json=gone/report.json")
    assert code == 2
    assert "gone/report.json: error: No such file or directory" in err


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        ("jsn", "no format `jsn`; did you mean `json`?"),
        ("xml", "no format `xml`; there are full, concise, json"),
        ("full,json", "at most one --format can go to standard output"),
        ("", "no format ``"),
    ],
)
def test_formats_that_cannot_be(flag: str, said: str) -> None:
    shop(Path())
    code, out, err = run(*GOOD, "--format", flag)
    assert (code, out) == (2, "")
    assert said in err
    assert not os.path.exists("relup")


def bases(*flags: str) -> list[list[str | None]]:
    """The releases that the entries of the relup lead from and to."""
    code, text, err = run(*ARGS, *flags, "-o", "-", "-q")
    assert code == 0, err
    found = read_first(Source("relup", text))
    assert isinstance(found, Tuple)
    entries = [as_list(way) or () for way in found.items[1:]]
    return [[as_string(entry.items[0]) for entry in way if isinstance(entry, Tuple)] for way in entries]


def test_the_order_of_bases() -> None:
    """In the order of the flags, of whatever kind; in the file it is reversed, as in OTP."""
    shop(Path())
    assert bases("-f", "old", "--up-from", "older") == [["0.9", "1.0"], ["1.0"]]
    assert bases("--up-from", "older", "-f", "old") == [["1.0", "0.9"], ["1.0"]]
    assert bases("--down-to", "older", "--from", "old", "--down-to", "new") == [["1.0"], ["2.0", "1.0", "0.9"]]
    assert bases("-f", "old,older") == [["0.9", "1.0"], ["0.9", "1.0"]]
    assert bases("-f", "old", "-f", "older") == [["0.9", "1.0"], ["0.9", "1.0"]]
    assert bases() == [[], []]


def test_descriptions_hold_commas_and_quotes() -> None:
    shop(Path())
    code, out, _ = run(*ARGS, "--up-from", 'old={"a, \\"b\\" = c", [1,2]}', "-o", "-")
    assert code == 0
    assert '{"a, \\"b\\" = c",[1,2]}' in out
    code, out, _ = run(*ARGS, "--up-from", "old={a", "-o", "-")
    assert (code, out) == (2, "")


def test_unknown_flags() -> None:
    shop(Path())
    for flag, hint in (("--fromm", "--from"), ("--isolate", "--isolated"), ("--fail-onn=error", "--fail-on")):
        code, out, err = run(*GOOD, flag)
        assert (code, out) == (2, "")
        assert err == f"relupc: unknown argument `{flag}`; did you mean `{hint}`?\n"
    assert run(*GOOD, "--xyzzy")[2] == "relupc: unknown argument `--xyzzy`\n"
    assert run(*GOOD, "other.rel")[0] == 2
    assert not os.path.exists("relup")


@pytest.mark.parametrize(
    "argv", [(), ("compile",), ("compil", "x"), ("compile", "x", "--fail-on", "often"), ("-x",), ("compile", "x", "-f")]
)
def test_usage_errors(argv: tuple[str, ...]) -> None:
    code, _, err = run(*argv)
    assert code == 2
    assert err or not argv, "without arguments the help is shown"
    assert "Traceback" not in err


def test_help_fits_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) <= 24
    assert max(map(len, out.splitlines())) <= 80
    assert out.count("\n  relupc ") == 3, "three examples"
    assert run()[1:] == (out, "")


def test_help_of_compile_names_every_flag() -> None:
    code, out, _ = run("compile", "--help")
    assert code == 0
    inputs = "--from --up-from --down-to --path --isolated --otp-root --appups --otp --restart"
    outputs = "--out --check --no-lint --fail-on --format --color --quiet --verbose"
    for flag in (inputs + " " + outputs).split():
        assert flag in out


def test_version() -> None:
    for flag in ("--version", "-V"):
        assert run(flag) == (0, f"relupc {relupc.__version__} (rules of OTP 25 to 28)\n", "")


def test_quiet_and_verbose() -> None:
    shop(Path(), appup=WARNS)
    code, out, err = run(*GOOD, "-q")
    assert (code, err) == (0, "")
    assert "A002" in out
    assert run(*GOOD, "-qq") == (0, "", "")
    code, _, err = run(*GOOD, "-v")
    assert code == 0
    assert err.splitlines()[:2] == ["read new.rel", "read old.rel"]
    assert f"read {APPUP}" in err.splitlines()
    shop(Path())
    assert run(*GOOD, "-q") == (0, "", "")


@pytest.mark.parametrize(
    ("flags", "environment", "terminal", "colored"),
    [
        ((), {}, False, False),
        ((), {}, True, True),
        ((), {"NO_COLOR": "1"}, True, False),
        ((), {"NO_COLOR": ""}, True, True),
        ((), {"FORCE_COLOR": "1"}, False, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, True),
        (("--color", "always"), {"NO_COLOR": "1"}, False, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, True, False),
        (("--color=auto",), {"NO_COLOR": "1"}, True, False),
    ],
)
def test_color(
    flags: tuple[str, ...], environment: dict[str, str], terminal: bool, colored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop(Path(), appup=WARNS)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    _, out, _ = run(*GOOD, *flags, out=Terminal() if terminal else io.StringIO())
    assert ("\x1b[" in out) == colored


def test_json_has_no_color() -> None:
    shop(Path(), appup=WARNS)
    _, out, _ = run(*GOOD, "--color", "always", "--format", "json")
    assert json.loads(out)


def test_the_width_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own, but at most 120."""
    shop(Path())
    for columns, width in (("95", 95), ("500", 120)):
        monkeypatch.setenv("COLUMNS", columns)
        _, out, _ = run(*GOOD, "-f", "older", "--color", "never", out=Terminal())
        assert max(map(len, out.splitlines()[1:])) <= width


def test_nothing_is_written_where_warnings_count() -> None:
    shop(Path(), appup=WARNS)
    Path("relup").write_text("old")
    code, out, _ = run(*GOOD, "--fail-on", "warning")
    assert code == 1
    assert Path("relup").read_text() == "old"
    assert out.rstrip().endswith("Failing because of: fail-on = warning.")


@pytest.mark.parametrize(
    "change",
    [
        {"appup": ""},
        {"appup": '{"2", [{"1", ['},
        {"appup": "\0\1\2"},
        {"appup": None},
        {"app": None},
        {"new": "{release"},
    ],
)
def test_an_error_leaves_the_old_relup(change: dict[str, str | None]) -> None:
    shop(Path(), **change)
    Path("relup").write_text("old")
    code, out, err = run(*GOOD, "--format", "concise")
    assert code == 1
    assert Path("relup").read_text() == "old"
    assert not [name for name in os.listdir() if name.startswith(".relupc")]
    assert out.splitlines()[0].count(": error: ") == 1
    assert "Traceback" not in err


def test_a_folder_that_is_not_there_for_the_relup() -> None:
    shop(Path())
    code, out, _ = run(*GOOD, "-o", "gone/relup", "--format", "concise")
    assert code == 2
    assert out.startswith("gone/relup: error: No such file or directory (enoent) [R116 file-not-written]")
    os.mkdir("folder")
    assert run(*GOOD, "-o", "folder")[0] == 2
    assert os.listdir("folder") == []


def test_names_that_are_no_utf_8() -> None:
    shop(Path())
    name = os.fsdecode(b"o\xffld.rel")
    os.rename("old.rel", name)
    assert run(*ARGS, "-f", name)[0] == 0
    done = process(*ARGS, "-f", b"o\xffld.rel", "-v")
    assert done.returncode == 0
    assert b"read o\\udcffld.rel\n" in done.stderr
    done = process(*ARGS, "-f", b"go\xffne", "--format", "json")
    assert done.returncode == 2
    assert "go" in json.loads(done.stdout)["diagnostics"][0]["location"]["path"]
    os.mkdir(os.fsencode("d\udcffir"))
    done = process(*ARGS, "-f", b"o\xffld.rel", "-o", b"d\xffir/relup")
    assert done.returncode == 0
    assert os.listdir(b"d\xffir") == [b"relup"]


def test_a_bug() -> None:
    """What nobody thought of: a traceback, where to report it, and its own exit code."""
    shop(Path())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("relupc.api.compile.attempt", lambda *_, **__: 1 // 0)
        code, out, err = run(*GOOD)
    assert (code, out) == (3, "")
    assert "ZeroDivisionError" in err
    assert "This is a bug in relupc" in err


def test_interrupted() -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    shop(Path())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("relupc.api.compile.attempt", interrupt)
        assert run(*GOOD) == (130, "", "")


def closed_pipe(*argv: str) -> subprocess.CompletedProcess[bytes]:
    """Run with a standard output that nobody reads any more."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return process(*argv, stdout=writer)
    finally:
        os.close(writer)


def test_a_closed_pipe() -> None:
    shop(Path())
    done = closed_pipe(*GOOD)
    assert (done.returncode, done.stderr) == (0, b"wrote relup (2 plans, 6 steps)\n")
    done = closed_pipe(*GOOD, "-o", "-", "-q")
    assert (done.returncode, done.stderr) == (0, b"")
    assert closed_pipe("--version").stderr == b""
    long = ", ".join(f"{{nonsense_{number}}}" for number in range(3000))
    shop(Path(), appup=f'{{"2", [{{"1", [{long}]}}], []}}.')
    done = closed_pipe(*ARGS, "--up-from", "old", "--format", "json")
    assert (done.returncode, done.stderr) == (1, b""), "the exit code still says that there are problems"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_full_disk_behind_standard_output() -> None:
    shop(Path())
    with open("/dev/full", "wb") as full:
        done = process(*GOOD, "-o", "-", "-q", stdout=full)
    assert done.returncode == 2
    assert done.stderr == b"relupc: cannot write to standard output: no space left\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_streams_that_cannot_be_written_to() -> None:
    """The same within this process."""
    shop(Path())
    reader, writer = os.pipe()
    os.close(reader)
    for handle, expected in ((writer, 0), (os.open("/dev/full", os.O_WRONLY), 2)):
        with io.TextIOWrapper(io.FileIO(handle, "wb"), write_through=True) as stdout:
            assert main((*GOOD, "-o", "-", "-q"), stdout, io.StringIO()) == expected
            assert main(("--version",), stdout, io.StringIO()) == 0, "it is silenced"


def test_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def leave(code: int) -> NoReturn:
        raise SystemExit(code)

    monkeypatch.setattr(sys, "argv", ["relupc", "--version"])
    monkeypatch.setattr(os, "_exit", leave)
    with pytest.raises(SystemExit) as end:
        cli.run()
    gc.enable()
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("relupc ")


def test_the_command_itself() -> None:
    shop(Path())
    done = process(*GOOD, "--restart", "--appups", "lib", "--otp-root", "lib", "--otp", "27", "--no-lint")
    assert (done.returncode, done.stderr) == (0, b"wrote relup (2 plans, 8 steps)\n")
    assert "restart_emulator" in Path("relup").read_text()
    assert process().returncode == 2


def test_erl_libs_and_the_folder_beside() -> None:
    shop(Path())
    os.rename("lib", "libs")
    assert process("compile", "new", "-f", "old", env={"ERL_LIBS": "libs", "PATH": ""}).returncode == 0
    assert process("compile", "new", "-f", "old", env={"PATH": ""}).returncode == 1
    assert process("compile", "new", "-f", "old", "--isolated", env={"ERL_LIBS": "libs"}).returncode == 1


def test_flags_and_arguments_share_a_name() -> None:
    """A flag, and the argument of `relupc.compile`: only `from`, a word of Python, is `old` there."""
    assert compile.__kwdefaults__
    arguments = {*compile.__kwdefaults__} - {"old"}
    _, commands = make_parser()
    names = {flag.removeprefix("--").removeprefix("no-").replace("-", "_") for flag in flags_of(commands["compile"])}
    assert arguments <= names


def test_a_release_with_another_emulator() -> None:
    shop(Path(), old=rel("1.0", "1", "12.0"))
    code, out, _ = run(*GOOD, "--format", "concise")
    assert code == 0
    assert "R113" in out


def test_an_output_never_overwrites_an_input() -> None:
    shop(Path())
    before = Path("new.rel").read_text()
    code, _, told = run(*GOOD, "-o", "new.rel")
    assert (code, Path("new.rel").read_text()) == (FAILED, before)
    assert "`new.rel` is read too, or written twice" in told
    code, _, told = run(*GOOD, "-o", "x", "--format", "json=x")
    assert (code, os.path.exists("x")) == (FAILED, False)


def test_a_format_to_the_standard_output_by_name() -> None:
    shop(Path())
    code, out, _ = run(*GOOD, "-o", "x", "--format", "json=-")
    assert (code, json.loads(out)["version"], os.path.exists("-")) == (DONE, 1, False)
