"""What is kept of an answer: it comes back as it was, holds while nothing changed, and may be damaged in any way."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.model import disk
from relupc.model.answer import Answer
from relupc.model.disk import Notes, listening
from relupc.model.progress import Progress
from relupc.remember.entry import Entry, entry_of, text_of, unchanged

TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=8)
ANSWERS = st.builds(Answer, st.integers(0, 2), TEXT, st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple))
SAID = st.booleans() | st.none() | TEXT | st.lists(TEXT, max_size=3)


def notes_of(asked: dict[tuple[str, str], disk.Answer], files: dict[str, str]) -> Notes:
    notes = Notes()
    notes.answers |= asked
    notes.files |= files
    return notes


@given(
    ANSWERS,
    st.dictionaries(st.tuples(st.sampled_from(sorted(disk.QUESTIONS)), TEXT), SAID, max_size=4),
    st.dictionaries(TEXT, st.sampled_from(["a" * 64, "b" * 64, "!10 error 2"]), max_size=4),
)
def test_it_comes_back(answer: Answer, asked: dict[tuple[str, str], disk.Answer], files: dict[str, str]) -> None:
    """Also what is no Unicode, which names of files may be."""
    entry = entry_of(text_of(answer, notes_of(asked, files)))
    assert entry
    assert entry.answer == answer
    assert {(question, subject): said for question, subject, said in entry.asked} == asked
    assert {path: told for told, paths in entry.files.items() for path in paths} == files


GOOD = text_of(Answer(1, "", (("", "1 error\n"),)), notes_of({("file", "a"): True}, {"a": "a" * 64}))


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    assert entry_of(data) is None


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255), st.binary(max_size=3))
def test_damage(at: int, bits: int, more: bytes) -> None:
    flipped = bytearray(GOOD)
    flipped[at] ^= bits
    assert entry_of(bytes(flipped)) is None
    assert entry_of(GOOD[:at]) is None
    assert entry_of(GOOD[:at] + GOOD[at + 1 :]) is None
    assert not more or entry_of(GOOD + more) is None


def forged(document: object) -> bytes:
    body = json.dumps(document).encode() if not isinstance(document, bytes) else document
    return b"relupc answer 1 %s\n%s" % (sha256(body).hexdigest().encode(), body)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        b"",
        b"\xff",
        b"[" * 100_000,
        b"1" * 10_000,
        {"answer": [10**30, "", []], "asked": [], "files": {}},
        {"answer": [-1, "", []], "asked": [], "files": {}},
        {"answer": [1.0, "", []], "asked": [], "files": {}},
        {"answer": [True, "", []], "asked": [], "files": {}},
        {"answer": [1, ""], "asked": [], "files": {}},
        {"answer": ["1", "", []], "asked": [], "files": {}},
        {"answer": [1, "", [["a"]]], "asked": [], "files": {}},
        {"answer": [1, "", [["a", 1]]], "asked": [], "files": {}},
        {"answer": [1, "", []], "asked": [["file", "a"]], "files": {}},
        {"answer": [1, "", []], "asked": [["unlink", "a", True]], "files": {}},
        {"answer": [1, "", []], "asked": [[["file"], "a", True]], "files": {}},
        {"answer": [1, "", []], "asked": [["file", 0, True]], "files": {}},
        {"answer": [1, "", []], "asked": [], "files": {"a": []}},
        {"answer": [1, "", []], "asked": [], "files": {"a": [1]}},
        {"answer": [1, "", []], "asked": [], "files": {"a": "b"}},
    ],
)
def test_forged(document: object) -> None:
    """With a right checksum, and yet not what relupc writes."""
    assert entry_of(forged(document)) is None


@pytest.mark.parametrize("told", ["", "!", "!x", "!-5 error 2", "!" + "9" * 30 + " error 2", "!" + "9" * 9000, "a"])
def test_forged_digests(told: str, tmp_path: Path) -> None:
    entry = entry_of(forged({"answer": [1, "", []], "asked": [], "files": {told: [str(tmp_path)]}}))
    assert entry
    assert not unchanged(entry)


@pytest.mark.parametrize("question", sorted(disk.QUESTIONS))
def test_forged_questions(question: str) -> None:
    """No subject is too strange to be asked about."""
    answers: list[Any] = [0, {}, ["a", 1], "no"]
    for subject in ("", "\0", "\ud800", "a" * 100_000, "/" * 5000):
        for answer in answers:
            assert not unchanged(Entry(Answer(0, "", ()), [(question, subject, answer)], {})) or answer == 0


@pytest.fixture(name="shop")
def _shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("new/shop.beam", "old/shop.beam", "new/cart.beam"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"code")
    return tmp_path


@pytest.fixture(name="entry")
def _entry(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Entry:
    monkeypatch.setenv("SHOP", "1")
    with listening() as notes:
        disk.names("new")
        disk.is_file("relupc.toml")
        disk.real("old")
        disk.variable("SHOP")
        for path in ("new/shop.beam", "old/shop.beam", "old/gone", "new"):
            disk.contents(path)
    entry = entry_of(text_of(Answer(0, "", ()), notes))
    assert entry
    return entry


def test_how_far_it_is(entry: Entry) -> None:
    told: list[tuple[str, int, int, str]] = []
    assert unchanged(entry, Progress(lambda *step: told.append(step)))
    assert told == [("comparing", number, 3, "files") for number in (1, 2, 3)]


def test_nothing_changed(entry: Entry, shop: Path) -> None:
    assert unchanged(entry)
    for when in (0, 1, 4e9):  # the times of files do not count
        for path in shop.rglob("*"):
            os.utime(path, (when, when))
        assert unchanged(entry)
    (shop / "unseen").touch()
    (shop / "new" / "cart.beam").write_bytes(b"other")
    assert unchanged(entry)


@pytest.mark.parametrize("name", ["new/shop.beam", "old/shop.beam", "old/gone", "new/more.beam", "relupc.toml"])
def test_a_file_changed(entry: Entry, shop: Path, name: str) -> None:
    """Also to others of the same length, at the same time."""
    (shop / name).write_bytes(b"cold")
    for path in shop.rglob("*"):
        os.utime(path, (1, 1))
    assert not unchanged(entry)


def test_it_is_gone_or_elsewhere(entry: Entry, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop / "old").rename(shop / "older")
    (shop / "old").symlink_to("older")
    assert not unchanged(entry)
    (shop / "old").unlink()
    assert not unchanged(entry)
    (shop / "older").rename(shop / "old")
    assert unchanged(entry)
    monkeypatch.delenv("SHOP")
    assert not unchanged(entry)


def test_a_file_that_became_something_else(entry: Entry, shop: Path) -> None:
    (shop / "new" / "shop.beam").unlink()
    (shop / "new" / "shop.beam").mkdir()
    assert not unchanged(entry)


def test_no_working_folder(entry: Entry, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = shop / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert not unchanged(entry)
