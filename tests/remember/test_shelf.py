"""The folder of what is kept: where it is, whose it is, and how much is in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from relupc.remember import shelf
from relupc.remember.shelf import drop_oldest, folder_for, load, opened, store, touch

NOW = 2_000_000_000.0


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"XDG_CACHE_HOME": "/x", "HOME": "/home/ann"}, "linux", "/x/relupc"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/home/ann"}, "linux", "/home/ann/.cache/relupc"),
        ({"HOME": "/home/ann"}, "linux", "/home/ann/.cache/relupc"),
        ({"HOME": "/home/ann"}, "darwin", "/home/ann/Library/Caches/relupc"),
        ({"LOCALAPPDATA": "/ann/local"}, "win32", "/ann/local/relupc"),
        ({}, "linux", None),
        ({"HOME": "here"}, "darwin", None),
        ({}, "win32", None),
    ],
)
def test_where_it_is(environment: dict[str, str], platform: str, folder: str | None) -> None:
    assert folder_for(environment, platform) == folder


def test_it_is_made_for_the_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "relupc"
    assert opened(str(folder))
    assert folder.stat().st_mode & 0o777 == 0o700
    assert opened(str(folder))


def test_not_where_it_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "relupc", Path("/dev/null/relupc"), Path("/proc/relupc")):
        assert not opened(str(place))
    assert not opened("/tmp/a\0b")


def test_not_in_a_folder_that_others_can_write(tmp_path: Path) -> None:
    for mode in (0o777, 0o770, 0o702):
        tmp_path.chmod(mode)
        assert not opened(str(tmp_path))


def test_not_in_a_folder_of_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "theirs").mkdir(mode=0o700)
    (tmp_path / "relupc").symlink_to("theirs")
    store(str(tmp_path), "name", b"data")
    monkeypatch.setattr(os, "geteuid", lambda: (tmp_path / "theirs").stat().st_uid + 1)
    assert not opened(str(tmp_path / "theirs"))
    assert not opened(str(tmp_path / "relupc"))
    assert load(str(tmp_path), "name") is None


def test_not_in_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # whoever runs this may be allowed everything
    assert not opened(str(tmp_path))


def test_what_is_stored_can_be_loaded(tmp_path: Path) -> None:
    assert load(str(tmp_path), "name") is None
    store(str(tmp_path), "name", b"one")
    assert load(str(tmp_path), "name") == b"one"
    store(str(tmp_path), "name", b"two")
    assert load(str(tmp_path), "name") == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["name.answer"]
    assert (tmp_path / "name.answer").stat().st_mode & 0o777 == 0o600


def test_nothing_but_a_file_of_the_user_is_loaded(tmp_path: Path) -> None:
    store(str(tmp_path), "name", b"data")
    (tmp_path / "link.answer").symlink_to("name.answer")
    (tmp_path / "folder.answer").mkdir()
    os.mkfifo(tmp_path / "pipe.answer")
    assert [load(str(tmp_path), name) for name in ("link", "folder", "pipe", "gone")] == [None] * 4
    (tmp_path / "name.answer").chmod(0o666)
    assert load(str(tmp_path), "name") is None


def test_a_file_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST", 4)
    store(str(tmp_path), "small", b"1234")
    store(str(tmp_path), "big", b"12345")
    assert [path.name for path in tmp_path.iterdir()] == ["small.answer"]
    (tmp_path / "big.answer").write_bytes(b"12345")
    (tmp_path / "big.answer").chmod(0o600)
    assert load(str(tmp_path), "big") is None


@pytest.mark.parametrize("call", ["replace", "open"])
def test_what_cannot_be_stored_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, refuse)
    store(str(tmp_path), "name", b"data")
    assert not list(tmp_path.iterdir())


def test_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        store(str(tmp_path), "name", b"data")
    assert not list(tmp_path.iterdir())


def kept(folder: Path) -> list[str]:
    return sorted(path.name.removesuffix(".answer") for path in folder.iterdir())


def fill(folder: Path, used: dict[str, float], size: int = 10) -> None:
    for name, when in used.items():
        file = folder / f"{name}.answer"
        file.write_bytes(b"x" * size)
        os.utime(file, (when, when))


def test_few_and_small_are_all_kept(tmp_path: Path) -> None:
    fill(tmp_path, {"a": NOW - 2, "b": NOW - 1})
    drop_oldest(str(tmp_path), "b", NOW)
    assert kept(tmp_path) == ["a", "b"]


def test_what_was_not_used_for_the_longest_time_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_FILES", 3)
    fill(tmp_path, {"a": NOW - 1, "b": NOW - 4, "c": NOW - 3, "d": NOW - 2, "e": NOW})
    drop_oldest(str(tmp_path), "e", NOW)
    assert kept(tmp_path) == ["a", "d", "e"]
    monkeypatch.setattr(shelf, "MOST_BYTES", 25)
    drop_oldest(str(tmp_path), "e", NOW)
    assert kept(tmp_path) == ["a", "e"]


def test_other_files_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """XDG_CACHE_HOME may name a folder that has another one of the name `relupc` in it, such as its source."""
    monkeypatch.setattr(shelf, "MOST_FILES", 1)
    fill(tmp_path, {"a": 1, "b.new": 2, "c": 3})
    for name in ("README.md", "answer"):
        (tmp_path / name).touch()
    drop_oldest(str(tmp_path), "c")
    assert kept(tmp_path) == ["README.md", "answer", "c"]


def test_what_is_used_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_FILES", 2)
    fill(tmp_path, {"a": 1, "b": 2, "c": 3})
    touch(str(tmp_path), "a")
    touch(str(tmp_path), "gone")
    drop_oldest(str(tmp_path), "c")
    assert kept(tmp_path) == ["a", "c"]


def test_a_clock_that_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was used in the future does not stay for ever, and what was just stored is never deleted."""
    monkeypatch.setattr(shelf, "MOST_FILES", 2)
    fill(tmp_path, {"future": NOW + 1e6, "later": NOW + 2e6, "a": NOW - 2, "fresh": NOW + 3e6})
    drop_oldest(str(tmp_path), "fresh", NOW)
    assert kept(tmp_path) == ["a", "fresh"]


def test_another_relupc_deletes_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_FILES", 0)
    fill(tmp_path, {"a": 1, "b": 2})
    true = os.unlink

    def twice(path: str) -> None:
        true(path)
        true(path)

    monkeypatch.setattr(os, "unlink", twice)
    drop_oldest(str(tmp_path), "c")
    drop_oldest(str(tmp_path / "gone"), "c")
    assert kept(tmp_path) == []
