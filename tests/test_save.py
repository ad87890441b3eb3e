from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from relupc.model.diagnostic import Diagnostic
from relupc.save import compare, overwritten, posix_name, save
from tests.cases import told

OLD, NEW = "old\n", '{"1",[],[]}.\n'


@pytest.fixture
def relup(tmp_path: Path) -> Path:
    """A relup that is there already."""
    path = tmp_path / "relup"
    path.write_text(OLD)
    return path


def untouched(path: Path, found: Diagnostic | None, posix: str) -> None:
    """The old file is as it was, nothing is beside it, and the diagnostic says what happened."""
    assert path.read_text() == OLD
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert found
    assert found.code.code == "R116"
    assert f"({posix})" in found.label
    assert found.help
    assert found.path == str(path)
    assert found.otp
    assert found.otp.error_class == "systools_relup/file_problem/open"
    assert found.otp.term == f'{{file_problem,{{"relup",{{open,{posix}}}}}}}'


def test_a_new_file(tmp_path: Path) -> None:
    assert save(str(tmp_path / "relup"), "λ\n") is None
    assert (tmp_path / "relup").read_bytes() == b"\xce\xbb\n"
    assert os.listdir(tmp_path) == ["relup"]


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    assert save(str(tmp_path / "shop.appup"), b"\xe9\r\n") is None
    assert (tmp_path / "shop.appup").read_bytes() == b"\xe9\r\n"


def test_an_old_file_is_replaced(relup: Path) -> None:
    assert save(str(relup), NEW) is None
    assert relup.read_text() == NEW
    assert os.listdir(relup.parent) == ["relup"]


def test_in_the_working_folder(relup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(relup.parent)
    assert save("relup", NEW) is None
    assert relup.read_text() == NEW


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_permissions_follow_the_umask(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        assert save(str(tmp_path / "relup"), NEW) is None
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "relup").stat().st_mode) == mode


def test_a_link_stays_a_link(relup: Path) -> None:
    (relup.parent / "sub").mkdir()
    link = relup.parent / "sub" / "link"
    link.symlink_to("../relup")
    assert save(str(link), NEW) is None
    assert link.is_symlink()
    assert relup.read_text() == NEW


def test_a_link_to_nothing_makes_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("relup")
    assert save(str(tmp_path / "link"), NEW) is None
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "relup").read_text() == NEW


def reader_of(pipe: Path, *, patient: bool) -> tuple[threading.Thread, list[bytes]]:
    """A thread that reads a named pipe; an impatient one closes it at once."""
    found: list[bytes] = []

    def read() -> None:
        with open(pipe, "rb") as file:
            if patient:
                found.append(file.read())

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread, found


# A pipe of the test's own stands for devices: a bug that replaces what it should write to must not cost the system
# its /dev/null, which has happened.


def test_what_is_no_regular_file_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    thread, found = reader_of(pipe, patient=True)
    assert save(str(pipe), NEW) is None
    assert pipe.is_fifo(), "it is not replaced"
    thread.join(10)
    assert found == [NEW.encode()]


def test_what_is_no_regular_file_and_cannot_be_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader_of(pipe, patient=False)
    found = save(str(pipe), "x" * 10_000_000)  # more than a pipe holds
    assert pipe.is_fifo()
    assert found
    assert "(epipe)" in found.label
    assert os.listdir(tmp_path) == ["pipe"]


def test_no_folder(tmp_path: Path) -> None:
    found = save(str(tmp_path / "gone" / "relup"), NEW)
    assert found
    assert told(found).replace(str(tmp_path), "").splitlines() == [
        "error R116 file-not-written at /gone/relup: No such file or directory (enoent)",
        "  help: name a file in a folder that can be written",
        "  note: OTP says `Could not open file relup`",
        "  note: a file that stood there is as it was",
        '  otp: systools_relup/file_problem/open {file_problem,{"relup",{open,enoent}}}',
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "relup").mkdir()
    found = save(str(tmp_path / "relup"), NEW)
    assert found
    assert "(eisdir)" in found.label
    assert os.listdir(tmp_path) == ["relup"]
    assert os.listdir(tmp_path / "relup") == []


def test_a_file_where_a_folder_should_be(relup: Path) -> None:
    found = save(str(relup / "relup"), NEW)
    assert found
    assert "(enotdir)" in found.label
    assert relup.read_text() == OLD


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_the_system_refuses(relup: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """Tests may run as root, who may write anywhere and never fills a disk: each step is made to fail."""

    def refuse(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        found = save(str(relup), NEW)
    untouched(relup, found, "enospc")


@pytest.mark.parametrize("posix", [errno.EINVAL, errno.EIO])
def test_a_folder_that_cannot_be_synced(relup: Path, monkeypatch: pytest.MonkeyPatch, posix: int) -> None:
    """The file is in place all the same: it must not be said that it is not."""
    real = os.fsync

    def refuse(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(posix, os.strerror(posix))
        real(handle)

    monkeypatch.setattr(os, "fsync", refuse)
    assert save(str(relup), NEW) is None
    assert relup.read_text() == NEW


def test_a_folder_that_may_be_written_but_not_read(relup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_DIRECTORY:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    assert save(str(relup), NEW) is None
    assert relup.read_text() == NEW


def test_interrupted(relup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(str(relup), NEW)
    assert relup.read_text() == OLD
    assert os.listdir(relup.parent) == ["relup"]


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
from relupc.save import save
found = save(sys.argv[1], "x" * 5000)
print(found.label)
"""


def test_the_file_may_not_grow(relup: Path) -> None:
    """A real limit of the system, halfway through the text."""
    root = Path(__file__).parent.parent
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] != 0
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(relup)], cwd=root, capture_output=True, text=True, check=True
    )
    assert "(efbig)" in done.stdout
    assert relup.read_text() == OLD
    assert os.listdir(relup.parent) == ["relup"]


def test_a_killed_run_is_no_hindrance(relup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It leaves its temporary file; a process of the same number may come again, as in a container."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: None)
        patch.setattr(os, "unlink", lambda *_: None)
        assert save(str(relup), OLD) is None
    assert len(os.listdir(relup.parent)) == 2
    assert save(str(relup), NEW) is None
    assert relup.read_text() == NEW


def test_the_longest_name(tmp_path: Path) -> None:
    path = tmp_path / ("r" * 255)
    assert save(str(path), NEW) is None
    assert path.read_text() == NEW


def test_compare(relup: Path, tmp_path: Path) -> None:
    assert compare(str(relup), OLD) is None
    for text in (NEW, OLD + "x", OLD[:-1], ""):
        found = compare(str(relup), text)
        assert found
        assert (found.code.code, found.label) == ("R117", "the file is not what these releases compile to")
    assert relup.read_text() == OLD
    missing, folder = compare(str(tmp_path / "gone"), OLD), compare(str(tmp_path), OLD)
    assert missing
    assert folder
    assert missing.label == "No such file or directory (enoent)"
    assert folder.label == "Is a directory (eisdir)"


def test_compare_reads_no_more_than_it_must(tmp_path: Path) -> None:
    with open(tmp_path / "relup", "wb") as file:
        file.truncate(1 << 40)
    assert compare(str(tmp_path / "relup"), NEW)


def test_posix_name() -> None:
    assert posix_name(OSError(errno.EACCES, "no")) == "eacces"
    assert posix_name(OSError("no number")) == "unknown"


def test_an_output_that_overwrites_an_input_or_another_output(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("kept")
    (tmp_path / "link").symlink_to(one)
    assert overwritten([str(other)], [str(one)]) is None
    assert overwritten([str(tmp_path / "link")], [str(one)]) == str(tmp_path / "link")
    assert overwritten([None, str(other), str(other)], []) == str(other)
    assert overwritten(["-", "-", "", ""], []) is None
    assert overwritten([os.devnull, os.devnull], []) is None
