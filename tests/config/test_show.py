from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relupc.config import Flag, settings_from
from relupc.config.keys import KEYS
from relupc.config.show import shown


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_setting_has_a_line_that_says_where_it_is_from() -> None:
    Path("relupc.toml").write_text('[lint]\nselect = ["A"]\n\n[lint.severity]\nA306 = "note"\n')
    flags = [Flag("lint.fail-on", "error", "--fail-on"), Flag("lint.severity", {"A3": "error"}, "--severity")]
    lines = shown(settings_from(flags)).splitlines()
    assert lines[0] == "# relupc.toml"
    assert 'lint.select = ["A"]  # from relupc.toml:2' in lines
    assert 'lint.fail-on = "error"  # from --fail-on' in lines
    assert 'lint.severity.A306 = "note"  # from relupc.toml:5' in lines
    assert 'lint.severity.A3 = "error"  # from --severity' in lines
    assert "# builds.new is not set  # default" in lines
    for key in KEYS:
        assert any(line.removeprefix("# ").startswith(key) for line in lines), key
    assert shown(settings_from(search=False)).startswith("# no relupc.toml\n")


GLOBS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=9).filter(
    lambda text: text.strip("/") and not text.startswith("!") and ".." not in text.split("/")
)
CODES = st.lists(st.sampled_from(["A306", "circular-depmods", "A3", "default"]), max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(GLOBS, max_size=3), CODES, st.dictionaries(GLOBS, CODES, max_size=3), GLOBS)
def test_what_is_shown_is_a_configuration_that_says_the_same(
    exclude: list[str], select: list[str], ignores: dict[str, list[str]], new: str
) -> None:
    flags = [
        Flag("lint.exclude", exclude, "--x"),
        Flag("lint.select", select, "--x"),
        Flag("lint.per-path-ignores", ignores, "--x"),
        Flag("builds.new", new, "--x"),
        Flag("lint.rule", {"A503": {"max-steps": 7}}, "--x"),
    ]
    before = settings_from(flags, search=False)
    assert not before.problems
    text = shown(before)
    assert tomllib.loads(text)["lint"]["exclude"] == exclude
    Path("relupc.toml").write_text(text, "utf-8", newline="\n")
    after = settings_from()
    assert not after.problems
    assert {key: value for key, (value, _) in after.values.items()} == {
        key: value for key, (value, _) in before.values.items()
    }
