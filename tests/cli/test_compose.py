"""`relupc compose` as a command: streams, files, exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from relupc.cli import main

CASES = Path(__file__).parents[2] / "fixtures" / "codes"
TEXT = """%% coding: utf-8
{"1.4.0",
 [{"1.2.0",[{update,shop_cart,{advanced,[]}}]}],
 [{"1.2.0",[{update,shop_cart,{advanced,[]}}]}]}.
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "RELUPC_CONFIG", "RELUPC_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def run(code: str, *argv: str) -> tuple[int, str, str]:
    """The exit code, and what came out of both streams."""
    files = [str(CASES / code / "bad" / vsn / "shop.appup") for vsn in ("1.3.0", "1.4.0")]
    stdout, stderr = io.StringIO(), io.StringIO()
    return main(["compose", *files, *argv], stdout, stderr), stdout.getvalue(), stderr.getvalue()


def test_the_text_goes_to_standard_output_and_the_talk_to_the_other() -> None:
    code, out, err = run("A805")
    assert (code, out) == (0, TEXT)
    assert err.startswith("warning[A805]")
    assert run("A805", "-o", "-")[:2] == (0, TEXT)
    assert run("A805", "-q")[1] == TEXT
    assert run("A805", "-qq") == (0, "", "")


def test_a_file() -> None:
    code, out, err = run("A805", "--out", "shop.appup")
    assert (code, err) == (0, "wrote shop.appup\n")
    assert out.startswith("warning[A805]")
    assert Path("shop.appup").read_text() == TEXT
    assert run("A805", "-o", "nowhere/shop.appup")[0] == 2


def test_no_file_where_it_fails() -> None:
    code, out, err = run("A803", "-o", "shop.appup")
    assert (code, err) == (1, "")
    assert out.splitlines()[-1] == "2 errors."
    assert not Path("shop.appup").exists()


def test_formats() -> None:
    code, out, _ = run("A804", "--format=json")
    assert code == 1
    assert {d["code"] for d in json.loads(out)["diagnostics"]} == {"A804"}
    assert run("A805", "--format=json=said.json", "-o", "x")[0] == 0
    assert len(json.loads(Path("said.json").read_text())["diagnostics"]) == 2
    assert run("A805", "--format=nothing")[0] == 2


def test_usage() -> None:
    stdout, stderr = io.StringIO(), io.StringIO()
    assert main(["compose", "a.appup", "b.appup", "-o", "a.appup"], stdout, stderr) == 2
    assert main(["compose", "a.appup", "b.appup"], stdout, stderr) == 2
