from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Callable

import pytest

from relupc.read import tar
from relupc.read.tar import Broken, Member, Reader, TooBig, inflated, members, padding

LONG = "lib/" + "a" * 120 + "/" + "b" * 90


def packed(*names: str, form: int = tarfile.USTAR_FORMAT, data: bytes = b"text") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def read(data: bytes) -> list[tuple[Member, bytes]]:
    reader = Reader(inflated(io.BytesIO(data).read))
    found = []
    for member in members(reader):
        found.append((member, reader.take(member.size)))
        reader.skip(padding(member.size))
    reader.finish()
    return found


def refused(kind: type[Exception], data: bytes) -> str:
    with pytest.raises(kind) as caught:
        read(data)
    return str(caught.value)


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_format(form: int, pack: Callable[[bytes], bytes]) -> None:
    data = pack(packed("a", LONG, "ö", form=form))
    assert read(data) == [(Member("a", 4), b"text"), (Member(LONG, 4), b"text"), (Member("ö", 4), b"text")]


def test_folders_and_links() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, link in (
            ("d", tarfile.DIRTYPE, ""),
            ("s", tarfile.SYMTYPE, "../" + LONG),
            ("h", tarfile.LNKTYPE, "a"),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, link
            archive.addfile(info)
    found = [member for member, _ in read(out.getvalue())]
    assert found == [
        Member("d/", 0, is_folder=True),
        Member("s", 0, link="../" + LONG),
        Member("h", 0, link="a", is_hard=True),
    ]


@pytest.mark.parametrize("kind", [tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_a_device(kind: bytes) -> None:
    info = tarfile.TarInfo("dev/null")
    info.type = kind
    assert refused(Broken, info.tobuf() + bytes(1024)) == "`dev/null` is neither a file nor a folder"


def test_a_file_over_many_pieces() -> None:
    data = bytes(range(256)) * 10_000
    [(member, text)] = read(gzip.compress(packed("a", data=data)))
    assert (member.size, text) == (len(data), data)


def test_skipping() -> None:
    reader = Reader(iter([b"abc", b"def", b"ghi"]))
    reader.skip(4)
    assert reader.take(3) == b"efg"
    with pytest.raises(Broken):
        reader.skip(3)


def test_cut_short_anywhere() -> None:
    whole = packed("a", "b", data=b"x" * 600)
    zipped = gzip.compress(whole)
    assert refused(Broken, zipped[:-9]) == "its compressed data are cut short"
    for end in (100, 700):
        assert "cut short" in refused(Broken, whole[:end])


def test_damaged() -> None:
    zipped = bytearray(gzip.compress(packed("a")))
    zipped[-6] ^= 1  # the check sum at its end
    assert refused(Broken, bytes(zipped)) == "its compressed data are damaged"
    assert refused(Broken, b"x" * 512) == "it is no tar archive"
    assert refused(Broken, packed("a").replace(b"ustar", b"USTAR")) == "it is no tar archive"


def test_headers_without_end() -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 3
    header = info.tobuf(tarfile.GNU_FORMAT) + b"abc".ljust(512, b"\0")
    assert refused(Broken, header * 9) == "a member has no end of headers"


@pytest.mark.parametrize("text", [b"5 a=b", b"0 a=b\n", b"x", b"99999999 a=b\n", b"4 ab\n"])
def test_damaged_pax_headers(text: bytes) -> None:
    """Whatever it says, reading comes to an end."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, len(text)
    data = info.tobuf() + text.ljust(512, b"\0") + packed("a")
    if text == b"5 a=b":
        assert read(data)
    else:
        assert refused(Broken, data) in ("a pax header is damaged",)


def test_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = gzip.compress(bytes(3 << 20))
    monkeypatch.setattr(tar, "FREE", 1 << 20)
    assert "come to more than" in refused(TooBig, gzip.compress(packed("a", data=bytes(3 << 20))))
    monkeypatch.setattr(tar, "MAX_TOTAL", 2 << 20)
    monkeypatch.setattr(tar, "MAX_RATIO", 1 << 20)
    assert "come to more than" in refused(TooBig, gzip.compress(packed("a", data=bytes(3 << 20))))
    assert len(bomb) < 1 << 20
    monkeypatch.setattr(tar, "MAX_MEMBERS", 2)
    assert refused(TooBig, packed("a", "b", "c")) == "more than the 2 members that relupc reads"


def test_a_header_of_any_size() -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 40
    assert "header of 1099511627776 bytes" in refused(TooBig, info.tobuf(tarfile.GNU_FORMAT))
