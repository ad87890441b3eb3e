"""Paths in, Sources out, or why not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from relupc.model.source import Source
from relupc.model.term import Atom
from relupc.read import file
from relupc.read.file import MAX_BYTES, NO_CHARACTER, Unreadable, encoding_of, read_source
from tests.read import dump

LATIN_1 = [
    b"%% coding: latin-1",
    b"%% -*- coding: LATIN-1 -*-",
    b"%%\n%% fileencoding=latin-1",
    b"\r\n %coding = latin-1_",
    b"\n% xcoding  :latin-1-",
    b"a %coding:latin-1\xe9",
    b"% codcoding: latin-1",
]
UTF_8 = [
    b"%% coding: latin1",
    b"%%\n%%\n%% coding: latin-1",
    b"% Coding: latin-1",
    b"% coding\t:latin-1",
    b"% coding: x\n% coding: latin-1",
    b"% coding: x coding: latin-1",
    b"% coding: latin-1x",
    b"coding: latin-1",
    b"% coding:: latin-1",
    b"%" + b"x" * 496 + b"coding: latin-1",
]


def _refused(path: Path | str) -> Unreadable:
    found = read_source(str(path))
    assert isinstance(found, Unreadable)
    return found


@pytest.mark.parametrize("head", LATIN_1)
def test_latin_1(head: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.term"
    path.write_bytes(head + b"\n\xe9\xc3\xa9")
    found = read_source(str(path), "shown")
    assert isinstance(found, Source)
    assert (found.path, found.text[-3:]) == ("shown", "\xe9\xc3\xa9")


@pytest.mark.parametrize("head", UTF_8)
def test_utf_8_with_a_stand_in_for_what_is_not(head: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.term"
    path.write_bytes(head + b"\n\xe9\xc3\xa9\xed\xa0\x80")
    found = read_source(str(path))
    assert isinstance(found, Source)
    assert found.text[-5:] == NO_CHARACTER + "\xe9" + NO_CHARACTER * 3


def test_encodings_are_what_otp_says(erl: str, tmp_path: Path) -> None:
    paths = []
    for number, head in enumerate([*LATIN_1, *UTF_8, b"%" + b"x" * 495 + b"coding: latin-1"]):
        paths.append(tmp_path / f"{number}.term")
        paths[-1].write_bytes(head.replace(b"a %", b"%") + b'\n"\xe9".')
    answers = [first for first, _ in dump.otp_answers(erl, [str(p) for p in paths])]
    assert answers[: len(LATIN_1)] == ["= [iE9]"] * len(LATIN_1)
    assert answers[len(LATIN_1) : -1] == ["read"] * len(UTF_8)
    assert answers[-1] == "= [iE9]"


@pytest.mark.parametrize(
    ("name", "posix"),
    [
        ("absent", "enoent"),
        ("folder", "eisdir"),
        ("plain/x", "enotdir"),
        ("loop", "eloop"),
        ("x" * 300, "enametoolong"),
        ("a\0b", "badarg"),
        ("\udc80\ud800", "enoent"),
    ],
)
def test_posix_names(name: str, posix: str, tmp_path: Path, erl: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "plain").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    found = _refused(f"{tmp_path}/{name}")
    assert (found.kind, found.detail, found.diagnostic.code.code) == ("open", Atom(posix), "T003")
    assert found.diagnostic.path == f"{tmp_path}/{name}"
    if name.isprintable():
        assert dump.otp_answers(erl, [f"{tmp_path}/{name}"]) == [(f"open {posix}",) * 2]


def test_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a").touch()
    monkeypatch.setattr(os, "open", refuse)
    found = _refused(tmp_path / "a")
    assert (found.detail, found.diagnostic.label) == (Atom("eacces"), "permission denied")


def test_an_error_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    (tmp_path / "a").touch()
    monkeypatch.setattr(os, "read", fail)
    assert _refused(tmp_path / "a").detail == Atom("eio")


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in the file system")
def test_only_regular_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _refused(tmp_path / "pipe").diagnostic.label == "a named pipe, not a regular file"
    assert _refused("/dev/zero").diagnostic.label == "a device or a socket, not a regular file"


def test_a_big_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big"
    with path.open("wb") as handle:
        handle.truncate(1 << 30)
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29));"
        "from relupc.read.file import read_source; print(read_source(sys.argv[1]).diagnostic.one_line)"
    )
    result = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert result.stdout == (
        f"{path}: error: {1 << 30} bytes, but relupc reads no more than {MAX_BYTES} [T007 too-big-to-read]\n"
    )


def test_a_file_that_grows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    monkeypatch.setattr(file, "MAX_BYTES", 5)
    assert isinstance(read_source(str(path)), Source)
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result((0o100644, *[0] * 9)))
    monkeypatch.setattr(file, "MAX_BYTES", 4)
    found = _refused(path)
    assert (found.kind, found.detail, found.diagnostic.code.code) == ("read", Atom("read"), "T007")


def test_a_text_that_stands_in_for_a_file(tmp_path: Path) -> None:
    path = tmp_path / "shop.appup"
    texts = {os.path.realpath(path): b"%% coding: latin-1\n'\xe9'."}
    found = read_source(str(path), texts=texts)
    assert isinstance(found, Source)
    assert (found.path, found.text) == (str(path), "%% coding: latin-1\n'é'.")
    path.write_bytes(b"{x}.")
    (tmp_path / "link").symlink_to(path)
    assert isinstance(found := read_source(str(tmp_path / "link"), texts=texts), Source)
    assert "coding" in found.text
    assert isinstance(found := read_source(str(path)), Source)
    assert found.text == "{x}."


def test_the_encoding_of_a_file() -> None:
    assert encoding_of(b"%% coding: latin-1\n") == "latin-1"
    assert encoding_of(b"%% coding: utf-8\n") == "utf-8"
    assert encoding_of(b"\xff") == "utf-8"
