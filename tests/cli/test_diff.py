"""`relupc diff` as a command: formats, exit codes, streams."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from relupc.cli import main
from tests.report.test_diff import validated

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FIXTURES / "hey" / "erlang", tmp_path, dirs_exist_ok=True)
    shutil.copytree(FIXTURES / "docs" / "builds-screen" / "_build" / "prod" / "rel", tmp_path / "rel")
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "ERL_LIBS", "RELUPC_CONFIG", "RELUPC_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def run(*argv: str) -> tuple[int, str, str]:
    """The exit code, and what came out of both streams."""
    stdout, stderr = io.StringIO(), io.StringIO()
    return main(["diff", *argv], stdout, stderr), stdout.getvalue(), stderr.getvalue()


def test_a_table() -> None:
    code, out, err = run("0.0.1/hey", "0.0.2/hey")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "hey 0.0.1 -> 0.0.2   (0.0.1/hey -> 0.0.2/hey, OTP 25)"
    assert out.splitlines()[2] == "hey 0.0.1 -> 0.0.2: 2 changed, 6 same"
    assert [line.split()[0] for line in out.splitlines()[5:7]] == ["hey_case", "hey_words"]
    assert out.splitlines()[-1] == "1 application changed"


def test_builds_that_do_not_differ() -> None:
    code, out, _ = run("0.0.2/hey", "0.0.2/hey")
    assert code == 0
    assert out.splitlines()[-1] == "nothing changed, 1 application is the same"


def test_quiet_and_verbose() -> None:
    assert run("0.0.1/hey", "0.0.2/hey", "-qq") == (0, "", "")
    assert run("gone", "0.0.2/hey", "-qq") == (2, "", "")
    assert run("0.0.1/hey", "0.0.2/hey", "-qq", "--format", "json") == (0, "", "")
    _, out, err = run("rel/shop@1.3.0", "rel/shop", "-v")
    assert "(+ currency)" in out
    assert "read rel/shop/lib/shop-1.4.0/ebin/shop_cart.beam" in err.splitlines()


def test_json() -> None:
    code, out, err = run("rel/shop@1.3.0", "rel/shop", "--format", "json")
    assert (code, err) == (0, "")
    found = validated(out)
    assert found["summary"] == {"changed": 5, "added": 1, "removed": 1, "same": 12}
    assert [app["name"] for app in found["applications"]] == ["shop", "store"]
    assert "shop_util" in [module["name"] for module in found["applications"][0]["modules"]]
    assert run("rel/shop@1.3.0", "rel/shop", "--format", "json")[1] == out


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("gone", "0.0.2/hey", "T003"),
        ("0.0.2/hey", "gone.rel", "T003"),
        ("rel/shop/lib/store-0.9.1", "0.0.1/hey", "T008"),
    ],
)
def test_what_cannot_be_compared(old: str, new: str, code: str) -> None:
    status, out, _ = run(old, new)
    assert status == 2
    assert f"error[{code}]" in out
    assert "nothing changed" not in out
    assert "->" not in out.splitlines()[0]
    status, out, _ = run(old, new, "--format", "json")
    assert status == 2
    assert [d["code"] for d in validated(out)["diagnostics"]] == [code]


def test_a_broken_module_makes_the_exit_code_1() -> None:
    Path("0.0.2/hey/ebin/hey_log.beam").write_bytes(b"FOR1")
    code, out, _ = run("0.0.1/hey", "0.0.2/hey")
    assert code == 1
    assert "error[T014]" in out
    assert "hey_words" in out


def test_builds_of_the_configuration() -> None:
    assert run() == (2, "", "relupc: diff needs OLD and NEW: name two builds, or set [builds] in relupc.toml\n")
    Path("relupc.toml").write_text('[builds]\nnew = "rel/shop"\nfrom = ["@1.3.0"]\n')
    code, out, _ = run()
    assert code == 0
    assert out.startswith("shop 1.3.0 -> 1.4.0")
    assert run("0.0.1/hey", "0.0.2/hey")[1].startswith("hey 0.0.1 -> 0.0.2")
    Path("relupc.toml").write_text('[builds]\nnew = "gone"\nfrom = ["@1.3.0"]\n')
    assert run()[0] == 2
    Path("relupc.toml").write_text("[nonsense]\n")
    assert run("0.0.1/hey", "0.0.2/hey")[0] == 2
    assert run("0.0.1/hey", "0.0.2/hey", "--no-config")[0] == 0


def test_flags() -> None:
    assert run("--format", "yaml")[0] == 2
    assert run("--otp", "25", "0.0.1/hey", "0.0.2/hey")[0] == 2
    assert "\x1b" in run("gone", "0.0.2/hey", "--color", "always")[1]
