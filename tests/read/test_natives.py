from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from relupc.model.files import Files
from relupc.read import natives
from relupc.read.natives import read_natives


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(*names: str) -> None:
    for name in names:
        Path("shop/priv", name).parent.mkdir(parents=True, exist_ok=True)
        Path("shop/priv", name).write_text(name)


def test_libraries_below_priv(monkeypatch: pytest.MonkeyPatch) -> None:
    write("b.so", "a.txt", "lib/c.dylib", "lib/x/d.dll")
    found = read_natives("shop")
    assert list(found) == ["b.so", "lib/c.dylib", "lib/x/d.dll"]
    assert found["b.so"].path == "shop/priv/b.so"
    assert found["b.so"].md5 == hashlib.md5(b"b.so", usedforsecurity=False).digest()
    monkeypatch.setattr(natives, "MAX_FILES", 2)
    assert len(read_natives("shop")) == 2
    assert read_natives("none") == {}


def test_a_folder_that_holds_itself() -> None:
    write("b.so")
    os.symlink(".", "shop/priv/again")
    assert len(read_natives("shop")) == natives.MAX_DEPTH + 1


def test_one_that_cannot_be_read() -> None:
    write("b.so")
    Path("shop/priv/c.so").mkdir()
    assert list(read_natives("shop")) == ["b.so"]


def test_in_an_archive() -> None:
    top = os.path.realpath("old.tar.gz")
    Path("old.tar.gz").write_text("")
    folder = f"{top}/lib/shop/priv"
    files = Files({f"{folder}/b.so": b"x"}, {folder: ("b.so", "big.so")})
    assert list(read_natives("old.tar.gz/lib/shop", files)) == ["b.so"]
