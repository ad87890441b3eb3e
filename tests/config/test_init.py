from __future__ import annotations

import os
from pathlib import Path

import pytest

from relupc.config import VARIABLE, Flag, settings_from
from relupc.model.config import BASELINE, Config


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lay(text: str, file: str = "relupc.toml") -> None:
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_text(text)


def test_without_anything_there_are_the_defaults() -> None:
    settings = settings_from()
    assert settings.config == Config()
    assert settings.problems == ()
    assert {origin for _, origin in settings.values.values()} == {"default"}


def test_flags_win_over_the_file_and_the_file_over_the_defaults() -> None:
    lay("[lint]\nselect = ['A']\nignore = ['A306']\notp-apps = true\n")
    settings = settings_from([Flag("lint.select", ["R"], "--select")])
    config = settings.config
    assert (config.select, config.ignore, config.otp_apps, config.fail_on) == (("R",), ("A306",), True, "warning")
    assert config.path == "relupc.toml"
    assert settings.values["lint.select"] == (["R"], "from --select")
    assert settings.values["lint.ignore"] == (["A306"], "from relupc.toml:3")


def test_which_file_counts() -> None:
    lay("[lint]\nignore = ['A101']")
    lay("[lint]\nignore = ['A102']", "other/relupc.toml")
    lay("[lint]\nignore = ['A103']", "third/x.toml")
    os.mkdir("sub")

    def ignored(file: str | None = None, folder: str = ".", variable: str = "", search: bool = True) -> list[str]:
        environment = {VARIABLE: variable}
        return list(settings_from(file=file, folder=folder, environment=environment, search=search).config.ignore)

    assert ignored() == ["A101"]
    assert ignored(folder="other") == ["A102"]
    assert ignored(folder="sub") == ["A101"]
    assert ignored(variable="third/x.toml") == ["A103"]
    assert ignored(variable="third/x.toml", file="other/relupc.toml") == ["A102"]
    assert ignored(variable="third/x.toml", file="other/relupc.toml", search=False) == []


def test_a_file_that_is_named_has_to_be_there() -> None:
    for settings in (settings_from(file="gone.toml"), settings_from(environment={VARIABLE: "gone.toml"})):
        assert [(d.code.code, d.path) for d in settings.problems] == [("T003", "gone.toml")]


PATHS = """
[builds]
new = "_build/rel/shop"
from = ["@1.3.0", "old.rel", "/abs.rel"]
path = ["lib/*/ebin"]
appups = "relups"
[compile]
out = "x/{to}/relup"
[lint]
baseline = "known.json"
exclude = ["deps/**"]
"""


def test_paths_are_those_of_the_folder_of_the_file() -> None:
    lay(PATHS)
    config = settings_from().config
    assert (config.root, config.new, config.old) == (".", "_build/rel/shop", ("@1.3.0", "old.rel", "/abs.rel"))
    os.mkdir(".git")
    os.mkdir("apps")
    os.chdir("apps")
    config = settings_from([Flag("builds.appups", "here", "--appups")]).config
    assert (config.root, config.new, config.old) == ("..", "../_build/rel/shop", ("@1.3.0", "../old.rel", "/abs.rel"))
    assert (config.folders, config.out) == (("../lib/*/ebin",), "../x/{to}/relup")
    assert config.appups == "here", "a path of a flag is the working folder's"
    assert (config.baseline, config.exclude) == ("../known.json", ("deps/**",))


def test_a_baseline_under_its_usual_name_counts() -> None:
    lay("")
    assert settings_from().config.baseline is None
    Path(BASELINE).write_text("{}")
    assert settings_from().config.baseline == BASELINE
    assert settings_from().values["lint.baseline"] == (BASELINE, "default, since it is there")
    assert settings_from([Flag("lint.baseline", None, "--no-baseline")]).config.baseline is None
    assert settings_from([Flag("lint.baseline", "other.json", "--baseline")]).config.baseline == "other.json"
    lay("[lint]\nbaseline = 'third.json'")
    assert settings_from().config.baseline == "third.json"
    lay("", "other/relupc.toml")
    Path("other", BASELINE).write_text("{}")
    assert settings_from(file="other/relupc.toml").config.baseline == f"other/{BASELINE}"


def test_severities_and_options_are_those_of_codes() -> None:
    lay(
        "[lint.severity]\nA306 = 'error'\nA3 = 'note'\ncircular-depmods = 'note'\nT = 'note'\n"
        "[lint.rule.suspend-timeout]\nmax-steps = 3\n[lint.per-path-ignores]\n'a/**' = ['A3']"
    )
    config = settings_from([Flag("lint.severity", {"A105": "error"}, "--severity")]).config
    assert config.severity["A306"] == "error", "one code wins over its family, wherever it stands"
    assert config.severity["A302"] == "note"
    assert config.severity["A105"] == "error", "a name and a number are one, and the flag wins"
    assert config.severity["T010"] == "note"
    assert "T001" not in config.severity
    assert config.options == {"A503": {"max-steps": 3}}
    assert config.per_path_ignores == {"a/**": ("A3",)}


def test_all_that_is_wrong_is_said_at_once_with_its_place() -> None:
    lay("target-otp = 3\n[lint]\nslect = []\nignore = ['A3O6']\n")
    settings = settings_from([Flag("lint.select", ["nonsense"], "--select")])
    assert [(d.code.code, d.place, d.severity) for d in settings.problems] == [
        ("T013", "relupc.toml:1:14", "error"),
        ("T013", "relupc.toml:3:1", "error"),
        ("T013", "relupc.toml:4:11", "error"),
        ("T008", "--select", "error"),
    ]
    assert settings.config == Config(path="relupc.toml")
    assert all(d.help for d in settings.problems)
