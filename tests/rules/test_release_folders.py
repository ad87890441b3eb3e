"""Rules that look at a release folder and its relup, where a fixture of fixtures/codes shows too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Options
from tests.shop import PATH, rel, shop

LOAD = '{load_object_code, {shop, "2", [cart]}}, point_of_no_return, {load, {cart, brutal_purge, brutal_purge}}'
NO_PAIRS = "the configuration of `{}` is no list of pairs"
OURS = "{apply, {cart, configure, []}}"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shop(tmp_path)
    folder = tmp_path / "releases" / "2.0"
    folder.mkdir(parents=True)
    (folder / "shop.rel").write_text(rel("2.0", "2"))


def found(code: str, *, new: str = "releases/2.0/shop.rel", old: tuple[str, ...] = (), **files: str) -> list[str]:
    """What is said under this code of the release with these files in its folder."""
    for name, text in files.items():
        Path("releases/2.0", name.replace("_", ".")).write_text(text)
    linted = examine([new], old, Options([PATH], isolated=True), Config())
    return [f"{d.severity}: {d.label}" for d in linted.diagnostics if d.code.code == code]


def relup(*up: str, down: str = "", base: str = "1.0", vsn: str = "2.0") -> str:
    ways = ", ".join(f'{{"{base}", [], [{script}]}}' for script in up)
    back = f'{{"{base}", [], [{down}]}}' if down else ""
    return f'{{"{vsn}", [{ways}], [{back}]}}.\n'


def test_a_release_root_without_a_relup() -> None:
    assert found("R010", old=("old.rel", "older.rel")) == ["note: there is no relup for 2.0"]
    assert found("R010") == []
    assert found("R010", new="new.rel", old=("old.rel",)) == []


def test_ways_that_a_relup_lacks() -> None:
    both = relup(LOAD, down="point_of_no_return")
    assert found("R010", old=("old.rel",), relup=both) == []
    assert found("R010", old=("old.rel", "older.rel"), relup=both) == ["error: no way up from 0.9, only from 1.0"]
    assert found("R010", old=("old.rel",), relup=relup(LOAD)) == ["note: no way back to 1.0"]
    assert found("R010", old=("old.rel",), relup=relup()) == ["error: no way up from 1.0"]
    wrong = relup(LOAD, down="point_of_no_return", vsn="2.1")
    assert found("R010", old=("old.rel",), relup=wrong) == ["error: this relup is for 2.1, the release is 2.0"]
    assert found("R010", old=("old.rel",), relup="") == []
    assert found("R010", old=("old.rel",), relup="{2, [], []}.") == []


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("[].", []),
        ('[{shop, [{a, 1}]}, {cart, []}, {cart, [{b, fun cart:go/0}]}, "more.config"].', []),
        ("", ["no term in this file"]),
        ("[]. [].", ["a second term, but only one is allowed"]),
        ("{shop, []}.", ["this is no list"]),
        ("#{shop => []}.", ["this is no list"]),
        ('"shop".', ["this is no list"]),
        ("[shop, {shop, [], 3}].", ["this is no configuration of an application"] * 2),
        ('[{"shop", []}].', ["this is no configuration of an application"]),
        ("[{shop, a}].", [NO_PAIRS.format("shop")]),
        ("[{shop, [a]}, {cart, [{a, b}|c]}].", [NO_PAIRS.format("shop"), NO_PAIRS.format("cart")]),
        ('[{shop, [{"a", 1}, {b, 2}]}].', ["this key is no atom"]),
        ("[{shop, []} | more].", ["the list must end with `]`"]),
        ("[{shop, [{a, <0.81.0>}]}].", ["`<0.81.0>` is a value as it was printed"]),
        ("[{shop, [{a, #Ref<0.1.2.3>}]}].", ["`#Ref<0.1.2.3>` is a value as it was printed"]),
        ("[{shop, [{a, ${PORT}}]}].", ["expected `,` or `}` before this"]),
    ],
)  # fmt: skip
def test_configurations(config: str, said: list[str]) -> None:
    assert found("R011", sys_config=config) == [f"error: {label}" for label in said]


def test_configuration_that_is_read_when_the_node_starts() -> None:
    lost = "what is read when the node starts is gone after an upgrade"
    assert found("R012", sys_config="[{elixir, [{time_zone_database, x}]}, {shop, []}].") == []
    assert found("R012", sys_config="[{elixir, [{config_provider_init, #{}}]}].") == [f"note: {lost}"]
    assert found("R012", relup=relup(LOAD)) == [f"warning: {lost}"]
    assert found("R012", relup=relup(f"{OURS}, {LOAD}")) == []
    assert found("R012", relup=relup(f"{LOAD}, {{suspend, [cart]}}, {OURS}, {{resume, [cart]}}")) == [
        f"warning: {lost}"
    ]
    assert found("R012", relup=relup(f"{{apply, {{lists, sort, [[]]}}}}, {LOAD}")) == [f"warning: {lost}"]
    assert found("R012", relup=relup()) == [f"warning: {lost}"]
    assert found("R012", relup="{") == [f"note: {lost}"]
    assert found("R012", sys_config="[].", relup=relup(LOAD)) == []
    assert found("R012", runtime_exs="import Config") == [f"warning: {lost}"]


def test_a_restart_without_heart() -> None:
    without = "warning: `restart_emulator` needs heart, which releases/2.0/vm.args does not start"
    restart = relup(LOAD, f"{LOAD}, restart_emulator")
    assert found("R014", relup=restart) == []
    assert found("R014", vm_args="-name shop\n# -heart\n-heartbeat 1") == [without]
    assert found("R014", vm_args="-name shop -heart") == []
    assert found("R014", vm_args="-args_file more.args") == []
    assert found("R014", vm_args="", relup=relup(LOAD)) == []
    assert found("R014", relup=relup("restart_new_emulator, point_of_no_return")) == [
        without.replace("restart_emulator", "restart_new_emulator")
    ]
