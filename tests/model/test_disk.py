"""What is asked of the disk: the answers themselves, and the notes of them."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from relupc.model import disk
from relupc.model.disk import QUESTIONS, Notes, Unread, contents, digest, listening


@pytest.fixture(name="shop")
def _shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "ebin").mkdir()
    (tmp_path / "ebin" / "shop.app").write_text("{application, shop, []}.\n")
    (tmp_path / "link").symlink_to("ebin")
    (tmp_path / "broken").symlink_to("nowhere")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ask_all() -> dict[str, disk.Answer]:
    """An answer to each question."""
    with disk.stream("ebin/shop.app") as read:
        assert read
        read(3)
    return {
        "stream": sha256(Path("ebin/shop.app").read_bytes()).hexdigest(),
        "file": disk.is_file("ebin/shop.app"),
        "folder": disk.is_folder("link"),
        "there": disk.is_there("broken"),
        "named": disk.is_named("broken"),
        "real": disk.real("link/shop.app"),
        "names": disk.names("ebin"),
        "below": disk.below("."),
        "program": disk.program("no-such-program"),
        "variable": disk.variable("SHOP_LIBS"),
    }


def test_answers(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_LIBS", "lib")
    answers = ask_all()
    del answers["stream"]
    assert answers == {
        "file": True,
        "folder": True,
        "there": False,
        "named": True,
        "real": str(shop / "ebin" / "shop.app"),
        "names": ["shop.app"],
        "below": ["./broken", "./ebin/shop.app"],
        "program": None,
        "variable": "lib",
    }
    assert disk.names("gone") is None
    assert disk.names("a\0b") is None
    assert disk.below("gone") == []


def test_every_question_is_noted_and_can_be_asked_again(shop: Path) -> None:
    with listening() as notes:
        answers = ask_all()
    assert {question: said for (question, _), said in notes.answers.items()} == answers
    assert set(answers) == set(QUESTIONS)
    assert all(QUESTIONS[question](subject) == said for (question, subject), said in notes.answers.items())
    assert notes.whole


def test_nobody_listens_by_default_nor_elsewhere(shop: Path) -> None:
    ask_all()
    with listening() as outer:
        with listening() as notes:
            thread = threading.Thread(target=ask_all)
            thread.start()
            thread.join()
        assert disk.is_folder("ebin")
    assert (notes.answers, notes.files) == ({}, {})
    assert list(outer.answers) == [("folder", "ebin")]


def test_two_answers_to_a_question_are_not_whole(shop: Path) -> None:
    with listening() as notes:
        assert not disk.is_file("new")
        (shop / "new").touch()
        assert disk.is_file("new")
    assert not notes.whole
    with listening() as notes:
        contents("new")
        (shop / "new").write_text("other")
        contents("new")
    assert not notes.whole


def test_a_stream(shop: Path) -> None:
    """All of it counts, however little of it is read."""
    with listening() as notes, disk.stream("ebin/shop.app") as read:
        assert read
        assert read(4) == b"{app"
    assert notes.whole
    assert notes.answers == {("stream", "ebin/shop.app"): sha256(b"{application, shop, []}.\n").hexdigest()}


def test_a_stream_that_is_not_noted(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What went wrong while it was read, what is too long, and what is no file."""
    with listening() as notes, contextlib.suppress(ValueError), disk.stream("ebin/shop.app"):
        raise ValueError
    assert not notes.whole
    monkeypatch.setattr(disk, "MOST_STREAMED", 3)
    with listening() as notes, disk.stream("ebin/shop.app") as read:
        assert read
        assert read(100) == b"{application, shop, []}.\n"
    assert not notes.whole
    with listening() as notes, disk.stream(os.devnull) as read:
        assert read is None
    assert not notes.whole
    with pytest.raises(FileNotFoundError), disk.stream("gone"):
        pass
    with disk.stream("ebin/shop.app") as read:  # nobody listens
        assert read
        assert read(4) == b"{app"


def test_what_cannot_be_asked_again_is_not_whole() -> None:
    disk.unheard()
    with listening() as notes:
        disk.unheard()
    assert not notes.whole


def test_contents(shop: Path) -> None:
    (shop / "twin").mkdir()
    for folder in ("ebin", "twin"):
        (shop / folder / "shop.beam").write_bytes(b"code")
    (shop / "other").mkdir()
    (shop / "other" / "shop.beam").write_bytes(b"cold")
    paths = [f"{folder}/shop.beam" for folder in ("ebin", "twin", "other")]
    with listening() as notes:
        found = [contents(path) for path in paths]
    assert found == [b"code", b"code", b"cold"]
    assert list(notes.files) == paths
    first, twin, other = notes.files.values()
    assert first == twin == digest(b"code", disk.MOST) != other


def test_no_contents(shop: Path) -> None:
    os.mkfifo("pipe")
    (shop / "big").write_bytes(b"12345")
    found = {name: contents(name, 4) for name in ("gone", "ebin", "pipe", "big", "a\0b", "\ud800", "/dev/null")}
    why = {name: unread.why for name, unread in found.items() if isinstance(unread, Unread)}
    assert why == {"gone": "error", "ebin": "kind", "pipe": "kind", "big": "size", "a\0b": "name", "\ud800": "name",
                   "/dev/null": "kind"}  # fmt: skip
    assert found["big"] == Unread("size", 5)
    labels = {name: unread.label for name, unread in found.items() if isinstance(unread, Unread)}
    assert labels["gone"] == os.strerror(errno.ENOENT).lower()
    assert labels["ebin"] == "a directory"
    assert labels["pipe"] == "a named pipe"
    assert labels["/dev/null"] == "a device or a socket"
    assert labels["\ud800"] == "the path cannot be written in this system's encoding"
    assert contents("big", 5) == b"12345"


def test_why_there_are_no_contents_is_noted_with_the_limit(shop: Path) -> None:
    (shop / "big").write_bytes(b"12345")
    with listening() as notes:
        contents("big", 4)
        contents("gone")
    assert notes.files == {"big": "!4 size 5", "gone": f"!{disk.MOST} error {errno.ENOENT}"}


def test_a_file_that_has_no_size_is_read(shop: Path) -> None:
    told = Path("/proc/self/status")
    if not told.exists():
        pytest.skip("there is no /proc here")
    found = contents(str(told))
    assert isinstance(found, bytes)
    assert b"Pid:" in found
    assert told.stat().st_size == 0
    short = contents(str(told), 10)
    assert isinstance(short, Unread)
    assert short.why == "size"


def test_a_file_that_grows_or_shrinks_while_it_is_read(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = shop / "ebin" / "shop.app"
    true = os.fstat

    def said(size: int) -> None:
        def fstat(handle: int) -> os.stat_result:
            status = list(true(handle))
            status[stat.ST_SIZE] = size
            return os.stat_result(status)

        monkeypatch.setattr(os, "fstat", fstat)

    for size in (0, 3, 1000):
        said(size)
        assert contents("ebin/shop.app") in (whole.read_bytes(), whole.read_bytes()[: size + 1])


def test_notes_are_of_one_answer() -> None:
    notes = Notes()
    notes.note("file", "a", True)
    notes.note("file", "a", True)
    assert notes.whole
    notes.note("file", "a", False)
    assert not notes.whole


def test_notes_are_not_changed_with_what_is_given(shop: Path) -> None:
    with listening() as notes:
        found = disk.names("ebin")
        assert found
        found.clear()
    assert notes.answers == {("names", "ebin"): ["shop.app"]}
