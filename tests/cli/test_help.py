"""`relupc help` and `--help`: what the manual says, and that the short screens fit."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from relupc.cli import main
from relupc.cli.help import usages
from relupc.cli.parser import COMMANDS, make_parser

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def run(*argv: str) -> tuple[int, str, str]:
    stdout, stderr = io.StringIO(), io.StringIO()
    return main(argv, stdout, stderr), stdout.getvalue(), stderr.getvalue()


def test_usages() -> None:
    assert list(usages()) == list(COMMANDS)
    assert usages()["lint"] == "relupc lint [FLAG]... [PATH]..."
    assert usages()["compile"] == "relupc compile [FLAG]... [NEW]"
    assert usages()["completion"] == "relupc completion SHELL"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(command: str) -> None:
    code, out, err = run("help", command)
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage:\n\n    {usages()[command]}\n\n")
    for action in make_parser()[1][command]._actions:
        assert command in ("completion", "help") or all(flag in out for flag in action.option_strings)
    others = [usage for name, usage in usages().items() if name != command]
    assert not any(usage in out for usage in others)
    assert max(map(len, out.splitlines())) <= 100


def test_help_of_all() -> None:
    code, out, _ = run("help")
    assert code == 0
    assert all(f"    {usage}\n" in out for usage in usages().values())
    assert "\nExit codes:\n" in out
    assert "\nShort help:\n" not in out


def test_help_of_nothing_that_there_is() -> None:
    code, out, err = run("help", "deploy")
    assert (code, out) == (2, "")
    assert "deploy" in err


def test_the_first_screen() -> None:
    """Three examples, in 24 lines of 80 columns; without a command it is the same, but not what was asked for."""
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    examples = lines[lines.index("examples:") + 1 :]
    assert len(examples) == 3
    assert all(line.startswith("  relupc ") for line in examples)
    assert run() == (2, out, "")


@pytest.mark.parametrize(("command", "most"), [("lint", 60), ("compile", 48), ("explain", 24), ("completion", 24)])
def test_the_short_help_of_a_command(command: str, most: int) -> None:
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"usage: {usages()[command]}"
    assert len(lines) <= most
    assert max(map(len, lines)) <= 80
