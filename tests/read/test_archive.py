from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from relupc.model.diagnostic import Diagnostic
from relupc.model.files import Files
from relupc.read import archive
from relupc.read.archive import read_archive
from relupc.read.tree import archive_of, is_archive, is_file, is_folder, names_in

PATH = "releases/shop-1.3.0.tar.gz"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("releases").mkdir()


def pack(*members: tuple[str, bytes | str], link: bytes = tarfile.SYMTYPE) -> None:
    """An archive; bytes are the contents of a file, a string is what a link leads to."""
    with tarfile.open(PATH, "w:gz") as out:
        for name, data in members:
            info = tarfile.TarInfo(name)
            if isinstance(data, str):
                info.type, info.linkname = link, data
                out.addfile(info)
            else:
                info.size = len(data)
                out.addfile(info, io.BytesIO(data))


def read() -> Files:
    found = read_archive(PATH)
    assert isinstance(found, Files), found.label
    return found


def texts() -> dict[str, bytes]:
    top = os.path.realpath(PATH) + "/"
    return {path.removeprefix(top): data for path, data in read().texts.items()}


def refused() -> tuple[str, str]:
    found = read_archive(PATH)
    assert isinstance(found, Diagnostic)
    assert found.path == PATH
    return found.code.code, found.label


def test_what_is_read_is_kept() -> None:
    pack(("./lib/shop-1/ebin/shop.app", b"app"), ("lib/shop-1/ebin/cart.beam", b"FOR1"), ("erts-13/bin/beam.smp", b"x"))
    assert texts() == {"lib/shop-1/ebin/shop.app": b"app", "lib/shop-1/ebin/cart.beam": b"FOR1"}
    files = read()
    assert names_in(PATH, files) == ["erts-13", "lib"]
    assert names_in(f"{PATH}/lib/shop-1/ebin", files) == ["cart.beam", "shop.app"]
    assert is_file(f"{PATH}/erts-13/bin/beam.smp", files)
    assert is_folder(f"{PATH}/lib/shop-1", files)


def test_the_first_of_two_counts() -> None:
    """As in release_handler, which keeps what is there."""
    pack(("a.rel", b"first"), ("a.rel", b"second"))
    assert texts() == {"a.rel": b"first"}


def test_links_within() -> None:
    pack(("lib/a.app", b"app"), ("lib/b.app", "lib/a.app"), link=tarfile.LNKTYPE)
    assert texts()["lib/b.app"] == b"app"
    pack(("lib/a.app", b"app"), ("lib/b.app", "../lib/a.app"))
    assert sorted(texts()) == ["lib/a.app"]


@pytest.mark.parametrize("name", ["../evil.rel", "/etc/passwd", "lib/../../evil.rel", "lib/../a.rel"])
def test_a_name_that_leads_out(name: str) -> None:
    pack((name, b""))
    assert refused() == ("T003", f"`{name}` leads out of the archive")


@pytest.mark.parametrize("link", ["../../etc/passwd", "/etc/passwd", "a/../../../b"])
def test_a_link_that_leads_out(link: str) -> None:
    pack(("lib/x", link))
    assert refused() == ("T003", "the link `lib/x` leads out of the archive")


def test_a_hard_link_counts_from_the_top() -> None:
    pack(("lib/x", "../y"), link=tarfile.LNKTYPE)
    assert refused() == ("T003", "the link `lib/x` leads out of the archive")


def test_what_is_no_archive() -> None:
    assert not is_archive(PATH)
    Path(PATH).write_bytes(b"not an archive")
    assert is_archive(PATH)
    assert refused() == ("T003", "it is cut short, or no tar archive")
    Path(PATH).write_bytes(b"")
    assert read() == Files({}, {os.path.realpath(PATH): ()})
    Path(PATH).unlink()
    assert refused()[0] == "T003"
    Path(PATH).mkdir()
    assert refused()[0] == "T003"


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    pack(("a.rel", b"12345"), ("b.rel", b"12345"))
    monkeypatch.setattr(archive, "MAX_KEPT", 9)
    assert refused() == ("T007", "its files come to more than the 9 bytes that relupc reads")
    monkeypatch.setattr(archive, "MAX_BYTES", 4)
    assert refused() == ("T007", "`a.rel` has 5 bytes, but relupc reads no more than 4")
    pack(("a" * 1025, b""))
    assert refused() == ("T007", "a name of 1025 characters, but relupc reads no more than 1024")
    pack(("a/b/c/d", b""))
    monkeypatch.setattr(archive, "MAX_FOLDERS", 3)
    assert refused() == ("T007", "more than the 3 folders that relupc reads")


def test_a_native_library_that_is_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    pack(("lib/shop-1/priv/big.so", b"12345"), ("lib/shop-1/priv/small.so", b"123"))
    monkeypatch.setattr(archive, "MAX_BYTES", 4)
    assert texts() == {"lib/shop-1/priv/small.so": b"123"}


def test_a_path_into_an_archive() -> None:
    pack()
    assert archive_of(f"{PATH}/lib/shop/ebin") == PATH
    assert archive_of(PATH) is archive_of("lib/shop/ebin") is archive_of("") is archive_of("/") is None
