from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest

from relupc.cli.parser import flags_of, make_parser
from relupc.config.keys import KEYS, LEVELS, MAX_FAULTS, SECTIONS, faults_of, known_settings, meant
from relupc.model.selection import ALWAYS
from tests.test_docs import rows

GOOD = """
target-otp = "27.1"
[builds]
new = "_build/prod/rel/shop"
from = ["releases/shop-1.3.0.tar.gz", "@1.2.0"]
path = ["_build/prod/lib/*/ebin"]
appups = "relups"
[compile]
out = "releases/{to}/{name}-{from}/relup"
down = false
[lint]
select = ["A", "r0", "circular-depmods", "default", "all"]
ignore = ["T"]
fail-on = "never"
exclude = ["deps/**", "*.bak"]
baseline = "known.json"
otp-apps = true
[lint.severity]
A306 = "note"
emulator-restart-instruction = "error"
A1 = "warning"
[lint.per-path-ignores]
"relups/2.8.*/**" = ["A004", "downgrade-not-mirrored"]
[lint.rule.suspend-timeout]
max-steps = 30
[plan]
format = "svg"
forbid = ["emulator-restart"]
require = ["shop_release"]
allow-apply = ["shop_db:migrate/1"]
"""


def test_every_setting_is_taken() -> None:
    document = tomllib.loads(GOOD)
    found, faults = known_settings(document)
    assert faults == []
    assert set(found) == set(KEYS)
    assert found["lint.rule"] == {"suspend-timeout": {"max-steps": 30}}


@pytest.mark.parametrize("name", KEYS)
def test_the_defaults_are_right(name: str) -> None:
    if KEYS[name].default is not None:
        assert faults_of(name, KEYS[name].default) == []


UNKNOWN = {
    "slect = 1\n[lint]": ("`slect` is no setting", "there are builds, compile, lint, plan, target-otp"),
    "[lint]\nslect = 1": ("`lint.slect` is no setting", "did you mean `select`?"),
    "[lint]\nfail_on = 1": ("`lint.fail_on` is no setting", "did you mean `fail-on`?"),
    "select = []": ("`select` is no setting", "it belongs under `[lint]`"),
    "[lint]\ntarget-otp = '25'": (
        "`lint.target-otp` is no setting",
        "it belongs at the top of the file, above all sections",
    ),
    "[lints]\nx = 1": ("`lints` is no setting", "did you mean `lint`?"),
    "[builds]\nold = []": ("`builds.old` is no setting", "there are new, from, path, appups"),
    "lint = 3": ("`lint` is a section", "write `[lint]`, and its settings below"),
    '"lint.select" = []': ("`lint.select` is no setting", "there are builds, compile, lint, plan, target-otp"),
}


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_no_setting(text: str) -> None:
    found, [(path, fault)] = known_settings(tomllib.loads(text))
    assert found == {}
    assert (fault.label, fault.help) == UNKNOWN[text]
    assert fault.word == ""
    assert path


WRONG: list[tuple[str, Any, str, str | None]] = [
    ("target-otp", 25, "not a string", None),
    ("target-otp", "24", "`24` is no OTP whose rules are known", None),
    ("builds.new", ["x"], "not a string", None),
    ("builds.new", "", "an empty string", None),
    ("builds.appups", "a\0b", "a string with a NUL character", None),
    ("builds.from", "x", "not a list", None),
    ("builds.path", [1], "`1` is no string", "1"),
    ("compile.out", "{vsn}", "braces around something else", None),
    ("compile.down", "yes", "neither true nor false", None),
    ("compile.down", 1, "neither true nor false", None),
    ("lint.select", ["A3O6"], "`A3O6` is no code and no name", "A3O6"),
    ("lint.select", ["A9"], "`A9` is no code and no name", "A9"),
    ("lint.ignore", ["T001"], "T001 cannot be switched off", "T001"),
    ("lint.ignore", ["syntax-error"], "T001 cannot be switched off", "syntax-error"),
    ("lint.fail-on", "errors", "`errors` is no severity", None),
    ("lint.exclude", ["../deps"], "patterns do not look above the folder of the configuration", "../deps"),
    ("lint.exclude", ["!deps"], "`!` has no meaning here", "!deps"),
    ("lint.exclude", [""], "an empty string", ""),
    ("lint.baseline", 1, "not a string", None),
    ("lint.otp-apps", 0, "neither true nor false", None),
    ("lint.severity", [], "not a table", None),
    ("lint.severity", {"A3O6": "note"}, "`A3O6` is no code and no name", ""),
    ("lint.severity", {"A306": "fatal"}, "`fatal` is no severity", None),
    ("lint.severity", {"A306": "never"}, "`never` is no severity", None),
    ("lint.severity", {"A306": ""}, "no severity for `A306`", None),
    ("lint.severity", {"T003": "note"}, "T003 is always an error", ""),
    ("lint.per-path-ignores", {"a": "A306"}, "not a list", None),
    ("lint.per-path-ignores", {"a": ["A3O6"]}, "`A3O6` is no code and no name", "A3O6"),
    ("lint.per-path-ignores", {"../a": ["A306"]}, "patterns do not look above the folder of the configuration", ""),
    ("lint.rule", {"suspend-timout": {}}, "`suspend-timout` is no code and no name", ""),
    ("lint.rule", {"A105": {}}, "A105 has no options", ""),
    ("lint.rule", {"A503": 3}, "not a table", None),
    ("lint.rule", {"A503": {"max-step": 3}}, "`max-step` is no option of A503", ""),
    ("lint.rule", {"A503": {"max-steps": True}}, "not a number", None),
    ("lint.rule", {"A503": {"max-steps": -1}}, "not a number", None),
    ("plan.format", "tables", "`tables` is no format of a plan", None),
    ("plan.forbid", ["restart"], "`restart` is nothing that can be forbidden", "restart"),
    ("plan.require", "shop", "not a list", None),
    ("plan.allow-apply", ["shop"], "`shop` is no function", "shop"),
]


@pytest.mark.parametrize(("name", "value", "label", "word"), WRONG, ids=[f"{n} {v!r}" for n, v, _, _ in WRONG])
def test_wrong_values(name: str, value: Any, label: str, word: str | None) -> None:
    [fault] = faults_of(name, value)
    assert (fault.label, fault.word) == (label, word)
    assert fault.help


def test_help_names_what_was_meant() -> None:
    assert [fault.help for fault in faults_of("lint.select", ["A3O6"])] == ["did you mean `A306`?"]
    assert [fault.help for fault in faults_of("plan.format", "tables")] == ["did you mean `table`?"]
    assert meant("qqq", ("a", "b")) == "there are a, b"


def test_many_faults_are_cut() -> None:
    document: dict[str, Any] = {"lint": {"select": [f"A{n}x" for n in range(2 * MAX_FAULTS)], "ignore": ["x"]}, "x": 1}
    assert len(known_settings(document)[1]) == MAX_FAULTS
    assert len(faults_of("lint.select", document["lint"]["select"])) == MAX_FAULTS
    assert len(faults_of("lint.select", ["x" * 500])[0].label) < 100


def test_no_prefix_switches_off_what_is_always_on() -> None:
    assert ALWAYS
    assert faults_of("lint.ignore", ["T", "all"]) == []
    assert faults_of("lint.severity", {"T": "note"}) == []
    assert "never" in LEVELS
    assert set(SECTIONS) == {"builds", "compile", "lint", "plan"}


def test_the_page_has_every_setting_and_no_other() -> None:
    table = list(rows("docs/configuration.md", "| setting | type | default | flag |"))
    expected = [
        [f"`{name}`", key.kind, "–" if key.default is None else f"`{json.dumps(key.default)}`"]
        for name, key in KEYS.items()
    ]
    assert [row[:3] for row in table] == expected
    flags = {flag for command in make_parser()[1].values() for flag in flags_of(command)}
    assert set(re.findall("--[a-z-]+", " ".join(row[3] for row in table))) < flags
