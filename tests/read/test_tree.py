from __future__ import annotations

import os
from pathlib import Path

import pytest

from relupc.model.files import Files
from relupc.read.tree import ON_DISK, is_file, is_folder, names_in


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lib/shop").mkdir(parents=True)
    Path("lib/b").write_text("")
    Path("old.tar.gz").write_text("")


def archive() -> Files:
    """`lib/shop` is a folder, `lib/big` a file that nobody reads, `lib/a` one whose text is there."""
    top = os.path.realpath("old.tar.gz")
    return Files({f"{top}/lib/a": b"text"}, {top: ("lib",), f"{top}/lib": ("a", "big", "shop"), f"{top}/lib/shop": ()})


def test_on_disk() -> None:
    assert names_in("lib") == ["b", "shop"]
    assert (is_file("lib/b"), is_folder("lib/b"), is_file("lib/shop"), is_folder("lib/shop")) == (1, 0, 0, 1)
    assert names_in("none") == names_in("lib/b") == names_in("a\0b") == []
    assert not is_file("old.tar.gz/lib/a", ON_DISK)


def test_in_an_archive() -> None:
    files = archive()
    assert names_in("old.tar.gz", files) == ["lib"]
    assert names_in("old.tar.gz/lib/../lib", files) == ["a", "big", "shop"]
    assert [is_file(f"old.tar.gz/lib/{name}", files) for name in ("a", "big", "shop", "none")] == [1, 1, 0, 0]
    assert [is_folder(f"old.tar.gz/lib/{name}", files) for name in ("a", "big", "shop", "none")] == [0, 0, 1, 0]
    assert (is_folder("old.tar.gz", files), is_folder("old.tar.gz", ON_DISK)) == (1, 0)
    assert names_in("old.tar.gz/a\0b", files) == []


def test_a_text_without_a_folder() -> None:
    """Such as standard input under a name."""
    assert is_file("new.appup", Files({os.path.realpath("new.appup"): b""}))
    assert not is_file("other.appup", Files({os.path.realpath("new.appup"): b""}))


def test_through_a_link() -> None:
    os.symlink("old.tar.gz", "link.tar.gz")
    assert is_file("link.tar.gz/lib/a", archive())
