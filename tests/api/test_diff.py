"""Two builds named by users; the applications are those of fixtures/hey and of fixtures/docs/builds-screen."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import pytest

import relupc
from relupc.api.diff import diff, differences
from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.diagnostic import ConfigError, InputError
from relupc.model.outcome import Options

FIXTURES = Path(__file__).parents[2] / "fixtures"
HEY, SHOP = FIXTURES / "hey" / "erlang", FIXTURES / "docs" / "builds-screen" / "_build" / "prod" / "rel" / "shop"


def test_two_versions_of_an_application() -> None:
    assert relupc.diff is diff
    [found] = diff(HEY / "0.0.1" / "hey", str(HEY / "0.0.2" / "hey"))
    assert (found.app, found.old, found.new) == ("hey", "0.0.1", "0.0.2")
    assert [change.module for change in found.of_kind("changed")] == ["hey_case", "hey_words"]
    assert diff(HEY / "0.0.2" / "hey", HEY / "0.0.2" / "hey") == []


def test_two_releases() -> None:
    found = diff(f"{SHOP}@1.3.0", SHOP)
    assert [(each.app, each.old, each.new) for each in found] == [
        ("shop", "1.3.0", "1.4.0"),
        ("store", "0.9.1", "0.10.0"),
    ]
    [shop] = [each for each in found if each.app == "shop"]
    assert [c.module for c in shop.of_kind("added", "removed")] == ["shop_legacy", "shop_tax"]
    words = {c.module: c.why for c in shop.of_kind("changed")}
    assert words["shop_cart"] == ("gen_server", "#state{} 3 -> 4 fields (+ currency)")
    again = {d.app: [(c.module, c.kind, c.why) for c in d.changes] for d in diff("@1.3.0", SHOP)}
    assert again["shop"] == [(c.module, c.kind, c.why) for c in shop.changes]


def test_a_version_changes_without_any_module(tmp_path: Path) -> None:
    for vsn in ("1", "2"):
        ebin = tmp_path / vsn / "tax" / "ebin"
        ebin.mkdir(parents=True)
        keys = f'{{vsn, "{vsn}"}}, {{description, ""}}, {{modules, []}}, {{registered, []}}, {{applications, []}}'
        (ebin / "tax.app").write_text(f"{{application, tax, [{keys}]}}.")
    found = diff(tmp_path / "1" / "tax", tmp_path / "2" / "tax")
    assert [(each.app, each.old, each.new, each.changes) for each in found] == [("tax", "1", "2", ())]


def test_releases_that_were_read_are_taken_too() -> None:
    found = differences(f"{SHOP}@1.3.0", SHOP, Options())
    assert found.old
    assert found.new
    assert found.otp == 25
    assert [each.app for each in diff(found.old, found.new)] == [each.app for each in diff(f"{SHOP}@1.3.0", SHOP)]


def test_an_archive(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "shop-1.3.0.tar.gz", "w:gz") as tar:
        for name in ("releases/1.3.0", *(f"lib/{each.name}" for each in sorted((SHOP / "lib").iterdir()))):
            tar.add(SHOP / name, name)
    [shop] = [each for each in diff(tmp_path / "shop-1.3.0.tar.gz", SHOP) if each.app == "shop"]
    assert len(shop.of_kind("changed")) == 4


def test_a_broken_module_is_said_and_the_others_are_compared(tmp_path: Path) -> None:
    shutil.copytree(HEY / "0.0.2" / "hey", tmp_path / "hey")
    (tmp_path / "hey" / "ebin" / "hey_log.beam").write_bytes(b"FOR1\0\0\0\4BEAM")
    found = differences(HEY / "0.0.1" / "hey", tmp_path / "hey", Options())
    assert [d.code.code for d in found.diagnostics] == ["T014"]
    assert [c.module for c in found.diffs[0].of_kind("changed", "removed")] == ["hey_case", "hey_words"]
    with pytest.raises(InputError):
        diff(HEY / "0.0.1" / "hey", tmp_path / "hey")


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("gone", str(SHOP), InputError),
        (str(SHOP), "gone.rel", InputError),
        (str(HEY / "0.0.1/hey"), str(SHOP), InputError),
        (str(HEY / "0.0.1/hey"), str(FIXTURES / "codes/D101/bad/new/shop"), ConfigError),
    ],
)
def test_what_cannot_be_compared(old: str, new: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        diff(old, new)


def test_lint_compares_likewise() -> None:
    linted = examine([str(HEY / "0.0.2/hey")], [str(HEY / "0.0.1/hey")], Options(), Config(exclude=()))
    [compared] = linted.compared
    [changed] = diff(HEY / "0.0.1/hey", HEY / "0.0.2/hey")
    assert [row.change.why for row in compared.apps[0].rows] == [c.why for c in changed.of_kind("changed")]
