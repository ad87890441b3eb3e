from __future__ import annotations

from pathlib import Path

import pytest

from relupc.read.source_folder import source_folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two applications, with what rebar3 makes of one: its `src` is a link."""
    here = tmp_path / "project"
    for name in ("shop", "till"):
        (here / "apps" / name / "src" / "deep").mkdir(parents=True)
        (here / "apps" / name / "src" / f"{name}.app.src").write_text("")
    built = here / "_build" / "default" / "lib" / "shop"
    (built / "ebin").mkdir(parents=True)
    (built / "src").symlink_to(here / "apps" / "shop" / "src")
    monkeypatch.chdir(here)
    return here


@pytest.mark.parametrize("source", ["src/shop.erl", "src/deep/shop_cart.erl"])
def test_the_compiler_noted_where_the_sources_are(project: Path, source: str) -> None:
    noted = str(project / "apps" / "shop" / source)
    assert source_folder("shop", "release/lib/shop-1.4.0/ebin", noted) == "apps/shop/src"


def test_what_lies_beside_a_build_is_taken_where_it_leads_to(project: Path) -> None:
    assert source_folder("shop", "_build/default/lib/shop/ebin", None) == "apps/shop/src"
    assert source_folder("shop", "_build/default/lib/shop/ebin", "/nowhere/src/shop.erl") == "apps/shop/src"


def test_a_release_has_a_copy_at_most(project: Path) -> None:
    copy = project / "release" / "lib" / "shop-1.4.0"
    (copy / "src").mkdir(parents=True)
    (copy / "src" / "shop.app.src").write_text("")
    assert source_folder("shop", str(copy / "ebin"), None) is None


def test_nothing_is_written_outside_of_the_working_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = str(project / "apps" / "shop" / "src" / "shop.erl")
    monkeypatch.chdir(project / "apps" / "till")
    assert source_folder("shop", "ebin", noted) is None


@pytest.mark.parametrize("noted", ["src/shop.erl", "\0/shop.erl", "/nowhere/shop.erl"])
def test_what_leads_nowhere_is_passed_over(project: Path, noted: str) -> None:
    assert source_folder("shop", str(project / "lib" / "shop-1.4.0" / "ebin"), noted) is None
