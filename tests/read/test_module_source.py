from __future__ import annotations

import os
from pathlib import Path

import pytest

from relupc.read.module_source import module_source


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An application folder with a source in src, and one in a folder below it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop" / "src" / "web").mkdir(parents=True)
    (tmp_path / "shop" / "src" / "shop_cart.erl").write_text("-module(shop_cart).\n")
    (tmp_path / "shop" / "src" / "web" / "shop_page.erl").write_text("-module(shop_page).\n")
    return tmp_path / "shop"


@pytest.mark.parametrize(
    ("compiled_from", "found"),
    [
        ("/builds/1/shop/src/shop_cart.erl", "shop/src/shop_cart.erl"),
        ("src/shop_cart.erl", "shop/src/shop_cart.erl"),
        ("shop_cart.erl", "shop/src/shop_cart.erl"),
        ("C:\\builds\\shop\\src\\web\\shop_page.erl", "shop/src/web/shop_page.erl"),
        ("/builds/1/shop/src/gone.erl", None),
        ("/builds/1/shop/src/shop_cart.txt", None),
        ("shop\0.erl", None),
        (None, None),
    ],
)
@pytest.mark.usefixtures("app")
def test_beside_the_beam(compiled_from: str | None, found: str | None) -> None:
    source = module_source("shop/ebin/shop_cart.beam", compiled_from)
    assert (source and source.path) == found


def test_where_it_was_compiled(app: Path, tmp_path: Path) -> None:
    source = module_source(str(tmp_path / "elsewhere" / "shop_cart.beam"), str(app / "src" / "shop_cart.erl"))
    assert source
    assert source.path == os.path.join("shop", "src", "shop_cart.erl")
