from __future__ import annotations

import os
from pathlib import Path

import pytest

from relupc.read import nif_source
from relupc.read.nif_source import nif_upgrades


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ERL_NIF_INIT(shop_tax, functions, load, NULL, upgrade, NULL)", {"shop_tax": True}),
        ("ERL_NIF_INIT(shop_tax,functions,NULL,NULL,NULL,NULL)", {"shop_tax": False}),
        ("ERL_NIF_INIT (Elixir.Shop.Tax, f, 0, nullptr, nullptr, 0);", {"Elixir.Shop.Tax": False}),
        ("ERL_NIF_INIT(a /* one */, f, // two\n l, NULL, NULL, u)", {"a": False}),
        ("ERL_NIF_INIT(a, f, l, r, u1, u)\nERL_NIF_INIT(b, f, l, r, 0, u)", {"a": True, "b": False}),
        ("ERL_NIF_INIT(a, f, l, r, u)", {}),
        ("#define ERL_NIF_INIT", {}),
        ("ERL_NIF_INIT(a, f, l, r, u, " + " " * 600 + "NULL)", {}),
        ("", {}),
    ],
)
def test_the_macro(text: str, found: dict[str, bool]) -> None:
    write("shop/c_src/tax.c", text)
    assert nif_upgrades("shop") == found


def test_where_it_is_looked_for() -> None:
    for name in ("a", "b", "c", "d"):
        path = {"a": "c_src/x/a.cpp", "b": "src/b.c", "c": "c.cc", "d": "other/d.c"}[name]
        write(f"shop/{path}", f"ERL_NIF_INIT({name}, f, 0, 0, 0, 0)")
    assert sorted(nif_upgrades("shop")) == ["a", "b", "c"]


def test_a_build_that_links_to_its_source() -> None:
    write("apps/shop/c_src/tax.c", "ERL_NIF_INIT(shop_tax, f, 0, 0, 0, 0)")
    write("apps/shop/src/shop_tax.erl", "")
    os.makedirs("_build/default/lib/shop")
    os.symlink("../../../../apps/shop/src", "_build/default/lib/shop/src")
    assert nif_upgrades("_build/default/lib/shop") == {"shop_tax": False}


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        write(f"shop/c_src/{name}.c", f"ERL_NIF_INIT({name}, f, 0, 0, 0, 0)")
    monkeypatch.setattr(nif_source, "MAX_FILES", 2)
    assert sorted(nif_upgrades("shop")) == ["a", "b"]
