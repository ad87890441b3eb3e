"""`relupc generate` as a command: streams, files, exit codes."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from relupc.cli import main

HEY = Path(__file__).parents[2] / "fixtures" / "hey" / "erlang"
TEXT = """{"0.0.2",
 [{"0.0.1",
   [{load_module, hey_case, brutal_purge, soft_purge, []},
    {load_module, hey_words, brutal_purge, soft_purge, []}]}],
 [{"0.0.1",
   [{load_module, hey_case, brutal_purge, soft_purge, []},
    {load_module, hey_words, brutal_purge, soft_purge, []}]}]}.
"""


BY_HAND = """{"0.0.2",
 [{"0.0.1", [{load_module, hey_words}]}], % by hand
 [{"0.0.1", [{load_module, hey_words}]}]}.
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "RELUPC_CONFIG", "RELUPC_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def run(new: str, old: str, *argv: str) -> tuple[int, str, str]:
    """The exit code, and what came out of both streams."""
    stdout, stderr = io.StringIO(), io.StringIO()
    code = main(["generate", str(HEY / new / "hey"), "--from", str(HEY / old / "hey"), *argv], stdout, stderr)
    return code, stdout.getvalue(), stderr.getvalue()


def test_standard_output() -> None:
    assert run("0.0.2", "0.0.1") == (0, TEXT, "")
    assert run("0.0.2", "0.0.1", "-o", "-", "-q") == (0, TEXT, "")
    assert run("0.0.2", "0.0.1", "-qq") == (0, "", "")


def test_a_folder() -> None:
    assert run("0.0.2", "0.0.1", "--out", "appups") == (0, "", "wrote appups/hey.appup\n")
    assert Path("appups/hey.appup").read_text() == TEXT


def test_what_remains_is_said_beside_the_text() -> None:
    code, out, err = run("0.0.3", "0.0.2")
    assert code == 1
    assert out.startswith('{"0.0.3",')
    assert err.startswith("error[D101]")
    code, out, err = run("0.0.3", "0.0.2", "-o", "appups", "--format=json")
    assert (code, err) == (1, "wrote appups/hey.appup\n")
    assert [found["code"] for found in json.loads(out)["diagnostics"]] == ["D101"]


def test_what_stands_there_is_kept() -> None:
    assert run("0.0.2", "0.0.1", "-o", "appups")[0] == 0
    assert run("0.0.2", "0.0.1", "-o", "appups") == (0, "", "")
    Path("appups/hey.appup").write_text(BY_HAND)
    code, out, err = run("0.0.2", "0.0.1", "-o", "appups")
    assert (code, err) == (2, "")
    assert "this is there already" in out
    assert Path("appups/hey.appup").read_text() == BY_HAND
    code, out, err = run("0.0.2", "0.0.1", "-o", "appups", "--merge", "--diff")
    assert (code, err) == (1, "")
    assert out.startswith("--- a/appups/hey.appup\n+++ b/appups/hey.appup\n")
    assert run("0.0.2", "0.0.1", "-o", "appups", "--merge") == (0, "", "wrote appups/hey.appup\n")
    text = Path("appups/hey.appup").read_text()
    assert "hey_case" in text
    assert "{load_module, hey_words}" in text
    assert "% by hand" in text
    assert run("0.0.2", "0.0.1", "-o", "appups", "--merge", "--diff") == (0, "", "")


@pytest.mark.parametrize(
    ("layout", "path"),
    [
        ("flat", "out/hey.appup"),
        ("ebin", "out/lib/hey-0.0.2/ebin/hey.appup"),
        ("src", "out/src/hey.appup.src"),
        ("rel", "out/rel/appups/hey/0.0.1_to_0.0.2.appup"),
        ("relups", "out/relups/0.0.1-0.0.2/appups/hey-0.0.2.appup"),
    ],
)
def test_layouts(layout: str, path: str) -> None:
    assert run("0.0.2", "0.0.1", "-o", "out", "--layout", layout) == (0, "", f"wrote {path}\n")
    assert Path(path).read_text() == (TEXT.replace('"0.0.2"', "VSN") if layout == "src" else TEXT)


def test_builds_that_are_not_named() -> None:
    stdout, stderr = io.StringIO(), io.StringIO()
    assert main(["generate", "shop"], stdout, stderr) == 2
    assert "--from" in stderr.getvalue()


def test_a_comma_too_many_names_no_build() -> None:
    assert run("0.0.2", "0.0.1", "-o", "appups", "--from", f"{HEY / '0.0.1' / 'hey'},")[0] == 0


def test_nothing_to_write_is_said() -> None:
    code, out, err = run("0.0.1", "0.0.1")
    assert (code, out) == (0, "")
    assert err == "relupc: nothing to write: no application that is asked for has another version\n"


def test_a_module_that_was_not_built_is_none_that_goes() -> None:
    """Both .app files list it; so nobody deletes it, whatever one of the builds lacks."""
    shutil.copytree(HEY / "0.0.2" / "hey", "hey")
    Path("hey/ebin/hey_words.beam").unlink()
    stdout = io.StringIO()
    main(["generate", "hey", "--from", str(HEY / "0.0.1" / "hey")], stdout, io.StringIO())
    assert "delete_module" not in stdout.getvalue()
