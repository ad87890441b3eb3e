from __future__ import annotations

from pathlib import Path

import pytest

from relupc.model.proposal import ProposedAppup, ProposedEntry
from relupc.propose.places import LAYOUTS, Hop, Layout, UnsafeNameError, files_of

TWO, THREE = ProposedEntry("1.2.0", (), ()), ProposedEntry("1.3.0", (), ())
SHOP = ProposedAppup("shop", "1.4.0", (THREE, TWO))
HOPS = (Hop("7", "9", "1.3.0"), Hop("6", "9", "1.2.0"), Hop("5", "9", "1.2.0"), Hop("4", "9", "1.4.0"))


@pytest.mark.parametrize(
    ("layout", "out", "paths"),
    [
        ("flat", "new", ["new/shop.appup"]),
        ("flat", None, ["./shop.appup"]),
        ("ebin", None, ["build/shop/ebin/shop.appup"]),
        ("ebin", "root", ["root/lib/shop-1.4.0/ebin/shop.appup"]),
        ("src", None, ["apps/shop/src/shop.appup.src"]),
        ("src", "one", ["one/src/shop.appup.src"]),
    ],
)
def test_one_file_for_all_versions(layout: Layout, out: str | None, paths: list[str]) -> None:
    found = list(files_of(SHOP, layout, out, HOPS, "build/shop/ebin", "apps/shop/src"))
    assert [file.path for file in found] == paths
    assert {file.appup for file in found} == {SHOP}
    assert {file.source for file in found} == {layout == "src"}


@pytest.mark.parametrize("inner", ["apps", "lib"])
def test_the_sources_of_one_application_of_several(tmp_path: Path, inner: str) -> None:
    sources = tmp_path / inner / "shop" / "src"
    sources.mkdir(parents=True)
    [file] = files_of(SHOP, "src", str(tmp_path), (), "ebin", None)
    assert file.path == str(sources / "shop.appup.src")


def test_a_file_for_each_pair_of_releases() -> None:
    found = list(files_of(SHOP, "relups", None, HOPS, "ebin", None))
    assert [(file.path, file.appup.entries) for file in found] == [
        ("./relups/7-9/appups/shop-1.4.0.appup", (THREE,)),
        ("./relups/6-9/appups/shop-1.4.0.appup", (TWO,)),
        ("./relups/5-9/appups/shop-1.4.0.appup", (TWO,)),
    ]


def test_a_file_for_each_pair_of_versions() -> None:
    found = list(files_of(SHOP, "rel", "top", HOPS, "ebin", None))
    assert [(file.path, file.appup.entries) for file in found] == [
        ("top/rel/appups/shop/1.3.0_to_1.4.0.appup", (THREE,)),
        ("top/rel/appups/shop/1.2.0_to_1.4.0.appup", (TWO,)),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("bad", ["../shop", "..", ".shop", "", "a/b", "a\\b", "a b", "a\n"])
def test_no_name_leads_elsewhere(layout: Layout, bad: str) -> None:
    with pytest.raises(UnsafeNameError):
        list(files_of(SHOP._replace(app=bad), layout, "out", HOPS, "ebin", None))
    with pytest.raises(UnsafeNameError):
        list(files_of(SHOP._replace(vsn=bad), layout, "out", HOPS, "ebin", None))


@pytest.mark.parametrize(("layout", "hop"), [("relups", Hop("../7", "9", "1.3.0")), ("rel", Hop("7", "9", "1.3/0"))])
def test_nor_does_a_version_of_a_release(layout: Layout, hop: Hop) -> None:
    with pytest.raises(UnsafeNameError):
        list(files_of(SHOP, layout, "out", (hop,), "ebin", None))
