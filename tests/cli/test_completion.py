"""`relupc completion`: what may come next, and the scripts."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from relupc.cli import main
from relupc.cli.completion import SCRIPTS, VALUES, candidates
from relupc.cli.parser import COMMANDS, LEVELS, SHELLS, make_parser
from relupc.model.codes import TABLE
from relupc.report import FORMATS

ROOT = Path(__file__).parents[2]
#: Metavars of what no one can know, or the shell completes itself: files and folders.
OPEN = {"GLOB", "DIR", "FILE", "P", "N", "NAME", "WORDS", "FOLDER", "A-B", "B-C"}


def texts(*words: str) -> list[str]:
    return [text for text, _ in candidates(list(words))]


def run(*argv: str) -> tuple[int, str, str]:
    stdout, stderr = io.StringIO(), io.StringIO()
    return main(["completion", *argv], stdout, stderr), stdout.getvalue(), stderr.getvalue()


def test_commands() -> None:
    assert texts("") == list(COMMANDS) == list(make_parser()[1])
    assert texts("com") == ["compile", "compose", "completion"]
    assert texts("--v") == ["--version"]
    assert texts("nothing") == []
    assert dict(candidates(["lint"]))["lint"].startswith("Say what will hurt")


@pytest.mark.parametrize("command", COMMANDS)
def test_all_flags(command: str) -> None:
    flags = {action.option_strings[-1] for action in make_parser()[1][command]._actions if action.option_strings}
    assert set(texts(command, "-")) == flags
    assert set(texts(command, "x", "--")) == flags


def test_choices() -> None:
    assert texts("lint", "--fail-on", "") == list(LEVELS)
    assert texts("lint", "--color=a") == ["--color=auto", "--color=always"]
    assert texts("explain", "--format", "m") == ["markdown"]
    assert texts("completion", "") == list(SHELLS)
    assert texts("help", "e") == ["explain"]
    assert texts("compile", "--otp", "") == ["25", "26", "27", "28"]


def test_formats() -> None:
    assert texts("lint", "--format", "") == list(FORMATS)
    assert texts("compile", "--format=ju") == ["--format=junit"]
    assert texts("lint", "--format", "full,sa") == ["full,sarif"]


@pytest.mark.parametrize("flag", ["--select", "--ignore"])
def test_codes_and_names(flag: str) -> None:
    assert texts("lint", flag, "A104") == ["A104"]
    assert texts("lint", flag, "depmod-") == ["depmod-without-instruction"]
    assert texts("lint", flag, "A301,depmod-") == ["A301,depmod-without-instruction"]
    assert texts("lint", f"{flag}=A104,unused") == [f"{flag}=A104,unused-suppression"]
    assert texts("lint", flag, "d")[-1] == "default"
    assert len(texts("lint", flag, "")) == 2 * len(TABLE) + 2


def test_severities() -> None:
    assert texts("lint", "--severity", "A104") == ["A104="]
    assert texts("lint", "--severity", "A104=") == ["A104=error", "A104=warning", "A104=note"]
    assert texts("lint", "--severity", "A104=error,A105=w") == ["A104=error,A105=warning"]
    assert texts("lint", "--severity=A104=n") == ["--severity=A104=note"]


def test_what_can_be_explained() -> None:
    assert texts("explain", "A104") == ["A104"]
    assert texts("explain", "circular-d") == ["circular-depmods"]
    assert texts("explain", "apps/") == [], "files are for the shell"


def test_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for vsn in ("1.3.0", "1.4.0"):
        (tmp_path / "shop" / "releases" / vsn).mkdir(parents=True)
        (tmp_path / "shop" / "releases" / vsn / "shop.rel").touch()
    assert texts("compile", "shop@") == ["shop@1.3.0", "shop@1.4.0"]
    assert texts("compile", "shop@1.4.0", "--from", "shop@1.3") == ["shop@1.3.0"]
    assert texts("lint", "--from=shop@1.4") == ["--from=shop@1.4.0"]
    assert texts("lint", "shop") == []


def test_values_that_a_shell_knows_better() -> None:
    for words in (("lint", "--baseline", ""), ("compile", "-o", "x"), ("lint", "--max-frames", "1"), ("lint", "apps")):
        assert texts(*words) == []


def test_every_kind_of_value_is_known() -> None:
    metavars = {a.metavar for parser in make_parser()[1].values() for a in parser._actions if a.nargs != 0}
    metavars |= {None}  # of what has choices
    assert metavars == {*VALUES, *OPEN, "SHELL", "COMMAND", None}


def test_a_line_for_each() -> None:
    assert run("bash", "--typed=relupc\tlint\t--fo") == (0, "--format\n", "")
    code, out, _ = run("fish", "--typed=relupc\tlint\t--fo")
    assert (code, out.split("\t")[0]) == (0, "--format")
    assert run("zsh", "--typed=relupc\tlint\t--format=js") == (0, "--format=json\n", ""), "no meaning, no tab"
    assert run("powershell", "--typed=relupc\tnothing\t--fo") == (0, "", "")
    assert run("bash", "--typed=relupc")[1].splitlines() == list(COMMANDS)
    assert run("bash", "--typed=relupc\t--")[1].splitlines() == ["--help", "--version"]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script(shell: str) -> None:
    code, out, err = run(shell)
    assert (code, err) == (0, "")
    assert out == SCRIPTS[shell]
    assert f"relupc completion {shell}" in out
    assert "--typed=" in out
    assert not re.search(r"\t", out), "tabs are written as escapes"
    assert out.count("{") == out.count("}")


def test_an_unknown_shell() -> None:
    code, out, err = run("tcsh")
    assert (code, out) == (2, "")
    assert "tcsh" in err


@pytest.mark.parametrize(("shell", "flag"), [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")])
def test_the_shell_reads_it(shell: str, flag: str, tmp_path: Path) -> None:
    """Where the shell is on the machine; bash is everywhere."""
    found = shutil.which(shell)
    assert found or shell != "bash"
    if found:
        script = tmp_path / "script"
        script.write_text(SCRIPTS[shell])
        done = subprocess.run([found, flag, str(script)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


BASH = """
relupc() { "$PYTHON" -m relupc "$@"; }
source <(relupc completion bash)
compopt() { :; }  # it is for a completion that a key has asked for
COMP_LINE=$LINE COMP_POINT=${#LINE}
_relupc
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(
    ("line", "breaks", "expected"),
    [
        ("relupc li", "=:@", "lint"),
        ("relupc explain depmod-", "=:@", "depmod-without-instruction"),
        ("relupc lint --format=ju", "=:@", "junit"),
        ("relupc lint --format=ju", "", "--format=junit"),
        ("relupc lint --severity A104=wa", "=:", "warning"),
        ("relupc lint --select A104,depmod-", "=:@", "A104,depmod-without-instruction"),
        ("relupc compile releases/../@1.3", "=:@", "@1.3.0"),
        ("relupc compile ./@1.3", ":", "./@1.3.0"),
        ("relupc lint --fail-on ", "=:@", "error\nwarning\nnote\nnever"),
        ("relupc  lint\t--fail-on  e", "=:@", "error"),
        ("relupc lint rel", "=:@", ""),
    ],
)
def test_bash_completes(line: str, breaks: str, expected: str) -> None:
    """What bash puts for the part of the word that it takes for one: `breaks` are its separators."""
    bash = shutil.which("bash")
    assert bash
    environment = {**os.environ, "LINE": line, "PYTHON": sys.executable, "PYTHONPATH": str(ROOT)}
    script = f"COMP_WORDBREAKS=$' \\t\\n{breaks}'\n{BASH}"
    done = subprocess.run(
        [bash, "--norc", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=ROOT / "fixtures" / "codes" / "R010" / "bad",
    )
    assert (done.stdout.rstrip("\n"), done.stderr) == (expected, "")
