from __future__ import annotations

import os
from pathlib import Path

import pytest

import relupc
from relupc.api.lint import examine, lint
from relupc.model.config import Config
from relupc.model.outcome import Options
from tests.shop import PATH, shop

CIRCLE = "[{load_module, cart, [price]}, {load_module, price, [cart]}]"
WARNS = f'{{"2", [{{"1", {CIRCLE}}}],\n [{{"1", {CIRCLE}}}]}}.\n'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def codes(*arguments: object, **named: object) -> list[str]:
    return [d.code.code for d in lint(*arguments, **named)]  # type: ignore[arg-type]


def test_paths_of_any_kind() -> None:
    Path("a.appup").write_text(WARNS)
    assert relupc.lint is lint
    for paths in ("a.appup", Path("a.appup"), ["a.appup"], (Path("a.appup"), "."), "."):
        assert codes(paths) == ["A105", "A105"]
    assert codes([]) == ["A105", "A105"], "no path is the working folder"


def test_without_a_configuration_none_is_read_and_nothing_excluded() -> None:
    Path("deps").mkdir()
    Path("deps/a.appup").write_text(WARNS)
    Path("relupc.toml").write_text("[lint]\nignore = ['A105']")
    assert codes("deps/a.appup") == ["A105", "A105"]
    assert codes("deps/a.appup", config=Config()) == []
    assert codes("deps/a.appup", config=Config(exclude=(), ignore=("A105",))) == []
    Path("a.appup").write_text(WARNS)
    assert codes("a.appup", config="relupc.toml") == []
    assert codes("a.appup", config=Path("relupc.toml")) == []


def test_two_releases() -> None:
    shop(Path(), new='{release, {"shop", "2.0"}, {erts, "13.2"}, [{kernel, "8.5"}, {stdlib, "4.2"}, {sasl, "4.2"}]}.\n')
    config = Config(folders=(PATH,))
    assert "R113" in codes("new.rel", old="old.rel", config=config)
    assert "R113" in codes(["new.rel"], [Path("old.rel")], config)
    assert "R113" not in codes("new.rel", config=config)


def test_findings_are_returned_and_never_raised() -> None:
    Path("a.appup").write_text("nonsense")
    assert codes("a.appup") == ["T001"]
    Path("a.appup").write_text(f"%% relupc: ignore-file[A105]\n{WARNS}")
    assert codes("a.appup") == [], "what is silenced is not returned"


def test_what_is_raised() -> None:
    Path("a.appup").write_text(WARNS)
    with pytest.raises(relupc.InputError, match=r"gone\.appup"):
        lint(["a.appup", "gone.appup"])
    with pytest.raises(relupc.InputError, match="no such file or folder"):
        lint("gone")
    os.mkdir("empty")
    with pytest.raises(relupc.ConfigError, match="nothing to check"):
        lint("empty")
    Path("relupc.toml").write_text("[lint]\nslect = []\n")
    with pytest.raises(relupc.ConfigError, match="T013") as raised:
        lint("a.appup", config="relupc.toml")
    assert [d.place for d in raised.value.diagnostics] == ["relupc.toml:2:1"]
    with pytest.raises(relupc.ConfigError, match="T003"):
        lint("a.appup", config="gone.toml")
    with pytest.raises(relupc.ConfigError, match="nothing here can be compared"):
        lint("a.appup", old="old.rel")


def test_the_configuration_chooses_rules_and_their_options() -> None:
    Path("a.appup").write_text(WARNS)
    assert codes("a.appup", config=Config(select=("circular-depmods",))) == ["A105", "A105"]
    assert codes("a.appup", config=Config(select=("R",))) == []
    assert codes("a.appup", config=Config(ignore=("A1",))) == []
    many = ", ".join(f"{{update, m{n}, {{advanced, []}}}}" for n in range(9))
    Path("a.appup").write_text(f'{{"2", [{{"1", [{many}]}}], [{{"1", [{many}]}}]}}.\n')
    assert "A503" not in codes("a.appup")
    assert "A503" in codes("a.appup", config=Config(options={"A503": {"max-steps": 1}}))


def test_a_text_in_place_of_a_file() -> None:
    texts = {os.path.realpath("src/shop.appup"): WARNS.encode()}
    linted = examine(["-"], (), Options(texts=texts, stdin_filename="src/shop.appup"), Config())
    assert [d.place for d in linted.diagnostics] == ["src/shop.appup:1:36", "src/shop.appup:2:31"]
    assert (linted.files, linted.failure) == (("src/shop.appup",), None)


def test_what_was_not_looked_at_is_not_skipped() -> None:
    assert examine(["gone"], (), Options(), Config()).skipped == {}
