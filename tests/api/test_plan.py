"""`relupc.plans`: what may be named, which ways, and what cannot be done."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import relupc
from relupc.api.plan import Asked, planned, relup_named, term_text
from relupc.model.config import Config
from relupc.model.diagnostic import CompileError, ConfigError, InputError
from relupc.model.outcome import Options
from relupc.model.policy import Policy
from tests.shop import APPUP, PATH, shop
from tests.timelines import DEMO

OPTIONS = Options([PATH], isolated=True)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop(tmp_path)
    monkeypatch.chdir(tmp_path)


def test_directions_and_order() -> None:
    found = relupc.plans("new.rel", old=["old.rel", "older.rel"], path=PATH, isolated=True)
    ways = [(one.direction, one.old, one.new) for one in found]
    assert ways == [("up", "1.0", "2.0"), ("down", "2.0", "1.0"), ("up", "0.9", "2.0"), ("down", "2.0", "0.9")]
    [one] = relupc.plans("new.rel", old="old.rel", direction="down", path=PATH, isolated=True)
    assert (one.direction, one.release) == ("down", "shop")


def test_a_relup() -> None:
    out = relupc.compile("new.rel", old=["old.rel", "older.rel"], path=[PATH], isolated=True)
    Path("upgrade").write_text(out.text)
    assert relup_named("upgrade") == "upgrade"
    assert relup_named("new.rel") is None
    assert relup_named(".") is None
    found = relupc.plans("upgrade")
    assert [(one.direction, one.old, one.new) for one in found][:2] == [("up", "0.9", "2.0"), ("down", "2.0", "0.9")]
    [one] = relupc.plans("upgrade", old="1.0", direction="up")
    assert [event.name for event in one.events] == ["load_object_code", "point_of_no_return", "load"]
    assert all(event.because == () for event in one.events)
    assert term_text(planned("upgrade", (), Asked(), OPTIONS)) == out.text


def test_the_same_plan_from_both() -> None:
    out = relupc.compile("new.rel", old="old.rel", path=[PATH], isolated=True)
    Path("relup").write_text(out.text)
    builds = relupc.plans("new.rel", old="old.rel", path=PATH, isolated=True)
    for one, other in zip(builds, relupc.plans("relup"), strict=True):
        assert [event.instruction for event in one.events] == [event.instruction for event in other.events]
        assert one.suspensions == other.suspensions
        assert one.verdict == other.verdict


def test_only() -> None:
    found = planned("new.rel", ["old.rel"], Asked("up", ("cart",)), OPTIONS)
    assert [row.module for row in found.timelines[0].rows] == ["cart"]
    with pytest.raises(ConfigError, match="called `nix`"):
        relupc.plans("new.rel", old="old.rel", only="nix", path=PATH, isolated=True)


def test_what_cannot_be_done() -> None:
    with pytest.raises(InputError):
        relupc.plans("gone.rel", old="old.rel")
    Path(APPUP).write_text('{"2", [], []}.\n')
    with pytest.raises(CompileError, match="no entry leads from 1"):
        relupc.plans("new.rel", old="old.rel", path=PATH, isolated=True)
    Path("relup").write_text("nonsense.\n")
    with pytest.raises(CompileError, match="no relup"):
        relupc.plans("relup")
    Path("relup").write_text('{"2", [{"1", [], [point_of_no_return]}], []}.\n')
    with pytest.raises(ConfigError, match="no entry for `3`"):
        relupc.plans("relup", old="3")
    with pytest.raises(ConfigError, match="OTP"):
        relupc.plans("relup", otp=12)
    with pytest.raises(InputError):
        relupc.plans("gone/relup")


def test_errors_of_an_entry_block_only_that() -> None:
    Path("relup").write_text(
        '{"2", [{"1", [], [point_of_no_return, {suspend, [a]}]}], [{"1", [], [point_of_no_return]}]}.\n'
    )
    found = planned("relup", (), Asked(), OPTIONS)
    assert [one.verdict.name for one in found.timelines] == ["blocked", "hot"]
    assert found.failure is None


def test_findings_and_policies() -> None:
    Path(APPUP).write_text('{"2", [{"1", [{load_module, cart}]}], [{"1", [{restart_application, shop}]}]}.\n')
    config = Config(policy=Policy(("application-restart",), ("price",)))
    up, down = planned("new.rel", ["old.rel"], Asked(), OPTIONS, config).timelines
    assert [(reason.kind, reason.words[:12]) for reason in up.verdict.reasons if reason.kind == "policy"] == [
        ("policy", "plan.require")
    ]
    assert down.verdict.name == "blocked"
    assert "plan.forbid has `application-restart`" in down.verdict.reasons[0].words
    assert planned("new.rel", ["old.rel"], Asked("down"), OPTIONS).verdict == "restarts an application"


def test_new_and_removed_applications(tmp_path: Path) -> None:
    shutil.copytree(DEMO, tmp_path / "demo")
    options = {"path": "demo/lib/*/ebin", "isolated": True}
    up, down = relupc.plans("demo/rel/shop-1.4.0.rel", old="demo/rel/shop-1.3.0.rel", **options)  # type: ignore[arg-type]
    assert [(a.name, a.old, a.new) for a in up.apps] == [
        ("audit", None, "1.0.0"),
        ("store", "0.9.1", "0.10.0"),
        ("shop", "1.3.0", "1.4.0"),
    ]
    assert [row.app for row in down.rows if row.module == "audit_log"] == ["audit"]
