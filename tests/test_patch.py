from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.patch import Change, changes, patch

LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n"]), max_size=12)
TEXTS = st.text(st.sampled_from("ab\n\r\x0b\u2028 é\ufeff"), max_size=30)


@given(TEXTS, TEXTS)
def test_a_patch_is_made_of_lines(old: str, new: str) -> None:
    """What git would take for a line is one line of the patch; all old ones and all new ones are in it."""
    text = patch("a.appup", old.encode(), new.encode())
    if old == new:
        assert text == b""
        return
    lines = text.split(b"\n")
    assert lines[:2] == [b"--- a/a.appup", b"+++ b/a.appup"]
    assert all(line[:1] in (b" ", b"+", b"-", b"@", b"\\") for line in lines[:-1])


@pytest.mark.parametrize(
    "name", ["shop.appup", "with space.appup", 'quo"te.appup', "back\\slash", "tab\t.appup", "é.appup"]
)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"a\nb\nc\n", b"a\nB\nc\n"),
        (b"a\nb", b"a\nB"),
        (b"a\nb", b"a\nb\n"),
        (b"a\nb\n", b"a\nb"),
        (b"a\r\nb\r\nc", b"a\r\nc"),
        (b"\xef\xbb\xbfa\n", b"\xef\xbb\xbfb\n"),
        (b"% coding: latin-1\n'\xe9'.\n", b"% coding: latin-1\n'\xe8'.\n"),
        (b"a\x0bb\x0cc\xe2\x80\xa8d\n", b"a\x0bb\x0cC\xe2\x80\xa8d\n"),
        (b"\n" * 30 + b"a\n" + b"\n" * 30, b"\n" * 30 + b"b\n" + b"\n" * 30),
        (b"a\n", b""),
        (b"", b"a\n"),
    ],
)
def test_git_takes_the_patch(tmp_path: Path, name: str, old: bytes, new: bytes) -> None:
    folder = tmp_path / "lib" / "x"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(old)
    text = patch(f"x/{name}", old, new)
    subprocess.run(["git", "apply", "-"], input=text, cwd=tmp_path / "lib", check=True, capture_output=True)
    left = (folder / name).read_bytes() if (folder / name).exists() else b""
    assert left == new


def test_git_takes_the_patch_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    """Paths are relative to the working folder, wherever the repository begins."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    folder = tmp_path / "apps" / "shop"
    folder.mkdir(parents=True)
    (folder / "shop.appup").write_bytes(b"a\n")
    subprocess.run(["git", "apply", "-"], input=patch("shop.appup", b"a\n", b"b\n"), cwd=folder, check=True)
    assert (folder / "shop.appup").read_bytes() == b"b\n"


def test_many_small_changes_in_a_long_file() -> None:
    old = b"".join(b"    {load_module, m%d},\n" % n for n in range(20000))
    assert patch("a", old, old.replace(b"7}", b"8}")).count(b"\n-") == 2000


@given(LINES, LINES)
def test_changes_make_the_new_text_of_the_old_one(old: list[bytes], new: list[bytes]) -> None:
    made, at = [], 0
    for change in changes(old, new):
        made += [*old[at : change.start], *new[change.new_start : change.new_end]]
        at = change.end
    assert [*made, *old[at:]] == new


def test_what_goes_on_alike_far_below_counts_as_changed() -> None:
    old = [b"%d\n" % n for n in range(1000)]
    assert list(changes(old, old[900:])) == [Change(0, 1000, 0, 100)]
    assert list(changes(old, old[200:])) == [Change(0, 200, 0, 0)]
