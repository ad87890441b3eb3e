"""`relupc explain` as a command: formats, exit codes, streams, the screen."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from docs.refresh import run as in_a_copy
from relupc.cli import main
from relupc.model.codes import A104, TABLE
from tests.report.test_json import validated

ROOT = Path(__file__).parents[2]
FORMATS = ("text", "markdown", "json")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "RELUPC_CONFIG", "RELUPC_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def run(*argv: str) -> tuple[int, str, str]:
    """The exit code, and what came out of both streams."""
    stdout, stderr = io.StringIO(), io.StringIO()
    return main(["explain", *argv], stdout, stderr), stdout.getvalue(), stderr.getvalue()


@pytest.mark.parametrize("name", ["A104", "A301"])
def test_the_screen(name: str, refresh: bool) -> None:
    """A page as a terminal shows it."""
    text, code = in_a_copy(["explain", name], [])
    expected = ROOT / "fixtures" / "docs" / "page-screen" / f"{name}.txt"
    if refresh:
        expected.write_text(text, "utf-8", newline="\n")
    assert (text, code) == (expected.read_text("utf-8"), 0)


def test_markdown_is_the_page() -> None:
    assert run("a104", "--format", "markdown") == (0, (ROOT / "docs" / "codes" / "A104.md").read_text("utf-8"), "")


def test_json() -> None:
    code, out, err = run("Undefined module: shop_vat", "--format=json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert set(found) == {"version", "codes", "markdown"}
    assert found["version"] == 1
    assert found["codes"] == [
        {"code": "A104", "name": A104.name, "severity": "error", "title": "unknown module in a dependency list"}
    ]
    assert found["markdown"].startswith("OTP says `Undefined module: ...`")
    assert out.isascii()
    assert len(json.loads(run("--format=json")[1])["codes"]) == len(TABLE)


def test_the_list() -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert [line.split()[0] for line in lines] == list(TABLE)
    assert len({line.index(code.title) for line, code in zip(lines, TABLE.values(), strict=True)}) == 1


def test_words_need_no_quotes() -> None:
    assert run("Undefined", "module:", "shop_vat") == run("Undefined module: shop_vat")


def test_unknown_for_people() -> None:
    for form in ("text", "markdown"):
        code, out, err = run("depmod-without-instructions", "--format", form)
        assert (code, out) == (2, "")
        assert err.startswith(
            "relupc: cannot explain `depmod-without-instructions`: no code, no name, and nothing that"
        )
        assert "did you mean `depmod-without-instruction`" in err
        assert err.count("\n") == 1


def test_unknown_for_programs() -> None:
    code, out, err = run("nothing like it", "--format", "json")
    assert (code, err) == (2, "")
    [said] = validated(out)["diagnostics"]
    assert (said["code"], said["help"]) == ("T008", "`relupc explain` lists all codes")


@pytest.mark.parametrize("form", FORMATS)
def test_a_broken_configuration_hides_no_page(form: str) -> None:
    Path("relupc.toml").write_text("[lint")
    assert run("A104", "--format", form)[0] == 0
    Path("shop.appup").write_text('{"2", [{"1", [{load_modul, a}]}], []}.\n')
    code, out, _ = run("shop.appup:1", "--format", form)
    assert code == 2
    assert "T013" in out
    assert run("shop.appup:1", "--format", form, "--no-config")[0] == 0


def test_the_configuration_counts_for_a_place() -> None:
    Path("relupc.toml").write_text('[lint]\nexclude = ["*"]\nseverity = {A101 = "note"}\n')
    Path("shop.appup").write_text('{"2", [{"1", [{load_modul, a}]}], []}.\n')
    code, out, _ = run("shop.appup:1:18")
    assert code == 0
    assert "note: no instruction is called `load_modul` [A101 unknown-instruction]" in " ".join(out.split())


def test_flags() -> None:
    assert run("A104", "--format", "full")[0] == 2
    code, _, err = run("A104", "--formt", "json")
    assert code == 2
    assert "did you mean `--format`?" in err
