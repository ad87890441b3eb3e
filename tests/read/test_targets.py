from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from relupc.read.targets import app_of_appup, appups_in, target


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def files(*names: str) -> None:
    for name in names:
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        Path(name).touch()


def test_what_a_path_is() -> None:
    files("lib/shop-1/ebin/shop.app", "new.rel", "src/shop.appup.src", "a@b/c", "d/e")
    files("root/lib/x", "root/releases/1/root.rel", "kept/lib/x", "kept/releases/shop-1.0.tar.gz")
    kinds = {
        "src/shop.appup.src": "appup",
        "ebin/shop.appup": "appup",
        "lib/shop-1/ebin/shop.app": "app",
        "src/shop.app.src": "app",
        "src/shop.erl": "source",
        "lib/shop.ex": "source",
        "new.rel": "rel",
        "new": "rel",
        "root": "root",
        "root@1.0": "root",
        "lib/shop-1": "application",
        "src": "folder",
        "kept": "folder",
        "a@b": "folder",
        "relup": "relup",
        "5.10.4-to-5.10.5.relup": "relup",
    }
    assert {path: what.kind for path in kinds if (what := target(path))} == kinds
    assert target("README.md") is None
    assert target("mix.exs") is None
    assert target("nowhere@1") is None


def test_the_appups_of_a_folder() -> None:
    files("b/x.appup", "a/y.appup.src", "a/z.appup.srcs", "a/appup", ".git/c.appup")
    assert appups_in(".") == [os.path.join("a", "y.appup.src"), os.path.join("b", "x.appup")]
    assert appups_in("a") == [os.path.join("a", "y.appup.src")]
    assert appups_in("nowhere") == []


def test_git_may_ignore_some() -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    files("x.appup", "_build/y.appup", "deep/ä b.appup", "gone.appup")
    Path(".gitignore").write_text("_build/\n")
    subprocess.run(["git", "add", "gone.appup"], check=True)
    os.remove("gone.appup")
    assert appups_in(".") == [os.path.join("deep", "ä b.appup"), "x.appup"]
    assert appups_in("deep") == [os.path.join("deep", "ä b.appup")]


def test_without_git_every_file_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    files("x.appup")
    monkeypatch.setenv("PATH", "")
    assert appups_in(".") == ["x.appup"]


@pytest.mark.parametrize(
    ("path", "app"),
    [
        ("shop.appup", "shop"),
        ("src/shop.appup.src", "shop"),
        ("appups/supavisor-2.9.6-rc.0.appup", "supavisor"),
        ("appups/my-app.appup", "my-app"),
        ("appups/my-app-1.0.appup", "my-app"),
        ("rel/appups/shop/1.0_to_2.0.appup", "shop"),
    ],
)
def test_whose_appup_it_is(path: str, app: str) -> None:
    assert app_of_appup(path) == app
