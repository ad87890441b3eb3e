"""`relupc plan` as a command: formats, exit codes, streams, files."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from relupc.cli import main
from relupc.cli.parser import PLAN_FORMATS
from tests.report.test_plan_json import validated

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FIXTURES / "demo", tmp_path, dirs_exist_ok=True)
    shutil.copytree(FIXTURES / "docs" / "plan-screen", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "ERL_LIBS", "RELUPC_CONFIG", "RELUPC_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def run(*argv: str) -> tuple[int, str, str]:
    """The exit code, and what came out of both streams."""
    stdout, stderr = io.StringIO(), io.StringIO()
    return main(["plan", *argv], stdout, stderr), stdout.getvalue(), stderr.getvalue()


def test_the_builds_of_the_configuration() -> None:
    code, out, err = run("--direction", "up")
    assert (code, err) == (0, "")
    assert out.startswith("shop 1.3.0 -> 1.4.0   up, 21 steps, nothing restarts\nverdict: hot\n")
    assert run("rel/shop-1.4.0.rel", "-f", "rel/shop-1.3.0.rel", "--direction", "up")[1] == out


@pytest.mark.parametrize("name", PLAN_FORMATS)
def test_every_format(name: str) -> None:
    code, out, err = run("--format", name)
    assert (code, err) == (0, "")
    assert out == run("--format", name)[1]
    assert out.endswith("\n")
    assert "\x1b" not in out
    code, empty, err = run("--format", name, "-o", "plan.out")
    assert (code, empty, err) == (0, "", "wrote plan.out\n")
    assert Path("plan.out").read_text("utf-8") == out


def test_a_relup() -> None:
    assert main(["compile", "-o", "relup"], io.StringIO(), io.StringIO()) == 0
    assert run("relup", "--format", "term")[1] == Path("relup").read_text("utf-8")
    code, out, _ = run("relup", "--direction", "down", "-f", "1.3.0")
    assert code == 0
    assert out.startswith("1.4.0 -> 1.3.0   down, 22 steps, nothing restarts\n")
    assert "relup:" not in out
    assert run("relup", "-o", "relup") == (2, "", "relupc: `relup` is read too, or written twice; name another file\n")


def test_only() -> None:
    code, out, _ = run("--direction", "up", "--only", "store", "--only", "audit_log", "--format", "timeline")
    assert code == 0
    assert "store_lru" in out
    assert "audit_log" in out
    assert "shop_cart" not in out.partition("\n\n")[2]
    code, out, _ = run("--only", "nix")
    assert code == 2
    assert "error[T008]" in out


def test_only_makes_no_relup() -> None:
    code, out, err = run("--only", "store", "--format", "term")
    assert (code, out) == (2, "")
    assert err.startswith("relupc: a relup of --only would lack steps")


def test_a_relup_without_the_way() -> None:
    Path("relup").write_text('{"2", [{"1", [], [point_of_no_return]}], []}.\n')
    code, out, _ = run("relup", "--direction", "down", "-f", "1")
    assert code == 2
    assert "this relup has no way down for `1`" in out
    assert "there is a way up: --direction up" in out
    Path("none").write_text('{"2", [], []}.\n')
    code, out, _ = run("none", "--format", "json")
    assert code == 2
    assert [d["code"] for d in validated(out)["diagnostics"]] == ["T008"]
    assert "no entry at all" in run("none")[1]
    assert "down, 22 steps: only in this plan\n" in run("--direction", "down", "--against", "relup")[1]


def test_an_error_in_another_entry() -> None:
    Path("relup").write_text('{"3", [{"2", [], [point_of_no_return]}, {"1", [], [{load, 1}]}], []}.\n')
    assert run("relup", "-f", "2")[0] == 0
    assert "error" not in run("relup", "-f", "2")[1]
    code, out, _ = run("relup", "-f", "1")
    assert code == 1
    assert "error" in out


def test_quiet_and_verbose() -> None:
    assert run("-qq") == (0, "", "")
    assert len(run("-q")[1].splitlines()) == 7
    assert "read lib/shop-1.4.0/ebin/shop.appup" in run("-v")[2].splitlines()


def test_what_cannot_be_done() -> None:
    assert run("--no-config")[0] == 2
    assert run("rel/shop-1.4.0.rel", "--no-config")[2].startswith("relupc: plan needs OLD")
    assert run("--format", "xml")[0] == 2
    code, out, _ = run("gone.rel", "-f", "rel/shop-1.3.0.rel")
    assert code == 2
    assert "error[T003]" in out
    code, out, err = run("gone.rel", "-f", "rel/shop-1.3.0.rel", "--format", "svg")
    assert (code, out) == (2, "")
    assert "error[T003]" in err
    code, out, err = run("gone.rel", "-f", "rel/shop-1.3.0.rel", "--format", "json")
    assert (code, err) == (2, "")
    assert validated(out)["verdict"] == "blocked"


def test_an_appup_with_an_error() -> None:
    Path("lib/shop-1.4.0/ebin/shop.appup").write_text('{"1.4.0", [], []}.\n')
    for name in PLAN_FORMATS:
        code, out, err = run("--format", name)
        assert code == 1
        assert "A003" in out + err
    assert {d["code"] for d in json.loads(run("--format", "json")[1])["diagnostics"]} == {"A003", "A004"}


def test_a_policy() -> None:
    text = Path("relupc.toml").read_text()
    Path("relupc.toml").write_text(f'{text}\n[plan]\nformat = "json"\nrequire = ["shop_util"]\n')
    assert run()[0] == 0
    Path("relupc.toml").write_text(f'{text}\n[plan]\nformat = "json"\nrequire = ["shop_legacy"]\n')
    code, out, err = run("--direction", "up")
    assert (code, err) == (0, "")
    code, out, err = run("--direction", "down")
    assert (code, err) == (0, "")
    Path("relupc.toml").write_text(f'{text}\n[plan]\nrequire = ["audit_gone", "store_lru"]\nforbid = ["apply"]\n')
    assert run()[0] == 0
    appup = Path("lib/shop-1.4.0/ebin/shop.appup")
    appup.write_text(appup.read_text().replace("{delete_module, shop_legacy}", "{apply, {shop_db, migrate, []}}", 1))
    code, out, _ = run("--direction", "up")
    assert code == 1
    assert "verdict: blocked\n  policy: plan.forbid has `apply`, and plan.allow-apply not `shop_db:migrate/0`" in out
    Path("relupc.toml").write_text(f'{text}\n[plan]\nforbid = ["apply"]\nallow-apply = ["shop_db:*"]\n')
    assert run("--direction", "up")[0] == 0


@pytest.mark.parametrize(
    "setting", ['forbid = ["restarts"]', 'allow-apply = ["shop"]', 'require = "shop"', 'format = "xml"']
)
def test_a_bad_policy(setting: str) -> None:
    Path("relupc.toml").write_text(f"[plan]\n{setting}\n")
    code, out, _ = run("relup")
    assert code == 2
    assert "error[T013]" in out


def test_against() -> None:
    assert main(["compile", "-o", "before"], io.StringIO(), io.StringIO()) == 0
    assert run("--against", "before") == (
        0,
        "shop 1.3.0 -> 1.4.0   up\nthe same\n\nshop 1.4.0 -> 1.3.0   down\nthe same\n",
        "",
    )
    assert run("--against", "rel/shop-1.4.0.rel")[1].count("the same") == 2
    shutil.copytree(FIXTURES / "docs" / "plan-policy" / "lib", "lib", dirs_exist_ok=True)
    code, out, err = run("--against", "before")
    assert (code, err) == (0, "")
    assert "verdict: hot -> hot with risk\n" in out
    found = validated(run("--against", "before", "--format", "json")[1])
    assert [one["same"] for one in found["differences"]] == [False, False]
    assert run("--against", "before", "--format", "svg")[0] == 2
    code, out, _ = run("--against", "gone.rel")
    assert (code, "error[T003]" in out) == (2, True)
    assert run("--against", "before", "-o", "before")[0] == 2
