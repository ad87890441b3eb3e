"""`relupc versions` as a command: formats, exit codes, streams."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from relupc.cli import main
from tests.repository import commit, git, repository, write


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository(tmp_path / "shop"))
    for name in ("NO_COLOR", "FORCE_COLOR", "RELUPC_CONFIG", "RELUPC_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def run(*argv: str) -> tuple[int, str, str]:
    """The exit code, and what came out of both streams."""
    stdout, stderr = io.StringIO(), io.StringIO()
    return main(["versions", *argv], stdout, stderr), stdout.getvalue(), stderr.getvalue()


def test_a_table() -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()[2:4]] == ["shop", "store"]
    assert out.splitlines()[-1] == "2 applications"


def test_json() -> None:
    code, out, _ = run("--format", "json")
    assert code == 0
    assert [app["name"] for app in json.loads(out)["applications"]] == ["shop", "store"]
    assert run("--format", "json", "-qq")[:2] == (0, "")


def test_exit_codes() -> None:
    write(Path(), {"new": ""})
    code, out, _ = run()
    assert (code, out.splitlines()[-1]) == (1, "1 error. Failing because of: uncommitted-changes.")
    assert run("--format=concise")[1] == ".: error: new [R202 uncommitted-changes]\n"
    assert run("--allow-dirty")[0] == 0
    assert run("--from", "nothing", "--allow-dirty")[0] == 2
    assert run("nowhere")[0] == 2


def test_a_version_that_was_not_raised() -> None:
    git(Path(), "tag", "v1")
    commit(Path(), {"apps/shop/src/shop_cart.erl": "x"}, 1526466000)
    code, out, _ = run("--from=v1", "-q")
    assert code == 1
    assert out.startswith("warning[R203]")
    document = json.loads(run("--from=v1", "--format=json")[1])
    assert document["applications"][0]["changed"] == ["apps/shop/src/shop_cart.erl"]
