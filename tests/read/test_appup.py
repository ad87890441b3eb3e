from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from relupc.model.diagnostic import Problems
from relupc.model.source import Source
from relupc.model.term import Tuple
from relupc.read.appup import appup_from, read_appup
from relupc.read.text import read_first
from tests.builds import app
from tests.cases import FIXTURES, compare, told
from tests.read.facts import appup_facts


def test_fixtures(refresh: bool, tmp_path: Path) -> None:
    compare(FIXTURES / "read" / "appup.txt", partial(appup_facts, folder=tmp_path), refresh)


def read(path: Path) -> str:
    problems = Problems()
    assert read_appup(app("foo", "2"), str(path), 25, problems) is None
    (found,) = problems.found
    assert found.subject.app == "foo"
    return told(found).replace(f"{path.parent}/", "")


def test_missing(tmp_path: Path) -> None:
    assert read(tmp_path / "foo.appup").splitlines() == [
        "error R002 appup-missing-for-changed-app at foo.appup: `foo` changes, but there is no foo.appup",
        "  help: write foo.appup, beside the .app file of foo 2",
        "  note: OTP says `Could not open file foo.appup`",
        "  about: app foo",
        '  otp: systools_relup/file_problem/open {file_problem,{"foo.appup",{error,{open,"foo.appup",enoent}}}}',
    ]


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "foo.appup").mkdir()
    assert "T003 unreadable-file" in read(tmp_path / "foo.appup")
    assert '{file_problem,{"foo.appup",{error,{open,"foo.appup",eisdir}}}}' in read(tmp_path / "foo.appup")


def test_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "foo.appup").symlink_to("foo.appup")
    assert "file_problem/open" in read(tmp_path / "foo.appup")
    assert "eloop" in read(tmp_path / "foo.appup")


@pytest.mark.parametrize("data", [b"\xff\xfe{\x00", b"{\xe4, 1, 2}.", b"\x00\x01\x02", b"\xef\xbb\xbf{a}."])
def test_not_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "foo.appup").write_bytes(data)
    assert "systools_relup/file_problem/read" in read(tmp_path / "foo.appup")


def test_far_too_big(tmp_path: Path) -> None:
    """A sparse file of 1 GB takes no room on the disk, and must take none in memory."""
    with open(tmp_path / "foo.appup", "wb") as file:
        file.truncate(1 << 30)
    assert "T007 too-big-to-read" in read(tmp_path / "foo.appup")


def test_what_is_no_entry_is_kept_apart() -> None:
    term = read_first(Source("foo.appup", '{"2", [{"1", []}, {"0", [], []}, x], "ab"}.'))
    assert isinstance(term, Tuple)
    appup = appup_from(term, "foo", "foo.appup", Problems())
    assert appup
    up = appup.up.term
    assert up
    assert [entry.term for entry in appup.up.items] == list(up.items[:1])
    assert appup.up.odd == up.items[1:]
    assert (appup.down.odd, appup.down.term) == ((term.items[2],), None)
