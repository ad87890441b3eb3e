"""A107, A109 and A117 in appups and relups, where the fixtures of fixtures/codes show too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Options


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(code: str, script: str, name: str = "shop.appup") -> list[str]:
    """What is said under this code of the way up in an appup, or in a relup."""
    way = f'{{"1.3.0", {script}}}' if name.endswith("appup") else f'{{"1.3.0", [], {script}}}'
    Path(name).write_text(f'{{"1.4.0", [{way}], []}}.')
    linted = examine([name], [], Options(), Config())
    return [f"{d.severity}: {d.label}" for d in linted.diagnostics if d.code.code == code]


def test_restarts_of_the_emulator() -> None:
    stops = "`restart_emulator` stops every application of the node"
    assert found("A109", "[restart_emulator]") == [f"warning: {stops}"]
    assert found("A109", "[restart_emulator, restart_new_emulator]") == [f"warning: {stops}"]
    assert found("A109", "[point_of_no_return, restart_emulator]", "relup") == [f"note: {stops}"]
    assert found("A109", "[{restart_application, shop}]") == []
    for name in ("kernel", "stdlib", "sasl", "compiler"):
        assert found("A109", "[restart_new_emulator]", f"{name}.appup") == []


def test_what_no_node_can_run() -> None:
    for word in ("restart", "reboot"):
        said = [f"error: no release_handler can run `{word}`"]
        assert found("A117", f"[{word}]") == said
        assert found("A117", f"[point_of_no_return, {word}]", "relup") == said
        assert found("A117", f"[{{apply, {{m, {word}, []}}}}]") == []


def test_where_the_new_emulator_starts() -> None:
    assert found("A117", "[{load_module, cart}, restart_new_emulator]") == []
    assert found("A117", "[restart_new_emulator, point_of_no_return]", "relup") == []
    assert found("A117", "[point_of_no_return, restart_new_emulator]", "relup") == [
        "error: `restart_new_emulator` can only be the first instruction"
    ]


def test_code_changes_of_what_runs() -> None:
    said = ["warning: `cart` is not suspended here, so that its processes keep their state"]
    change = "{code_change, up, [{cart, []}]}"
    assert found("A107", f"[{{suspend, [cart]}}, {change}, {{resume, [cart]}}]") == []
    assert found("A107", f"[{{suspend, [cart]}}, {{resume, [cart]}}, {change}]") == said
    assert found("A107", f"[{{update, cart, {{advanced, []}}}}, {change}]") == said
    assert found("A107", f"[point_of_no_return, {change}]", "relup") == said
    assert found("A107", f"[{{suspend, [VSN]}}, {change}, {{resume, [VSN]}}]", "shop.appup.src") == []
