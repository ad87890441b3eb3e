from __future__ import annotations

import io
import os
import stat
import subprocess
from pathlib import Path

import pytest

from relupc import cli
from relupc.api import fixing
from relupc.api.fixing import Mended
from relupc.cli.fixing import BROKEN
from relupc.model.codes import T001
from relupc.model.outcome import Linted

WRONG = '{"2", [{"1", [{load_modul, cart}]}], [{"1", [{load_module, cart}]}]}.\n'
RIGHT = WRONG.replace("load_modul,", "load_module,")
UNSURE = RIGHT.replace("{load_module, cart}]}]}", "{load_module, cart, soft_purge}]}]}")
ARGS = ("lint", "--no-config", "--select", "A101,T001")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*argv: str, given: bytes = b"") -> tuple[int, str, str]:
    """The exit code, and what is on the two streams."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    code = cli.main([*ARGS, *argv], out, err, io.TextIOWrapper(io.BytesIO(given), "utf-8"))
    said = []
    for stream in (out, err):
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        said.append(stream.buffer.getvalue().decode("utf-8", "surrogateescape"))
    return code, said[0], said[1]


def test_fix() -> None:
    Path("cart.appup").write_text(WRONG)
    Path("cart.appup").chmod(0o640)
    code, out, err = run("--fix", ".")
    assert code == 0
    assert "no problems" in out
    assert err == "fixed 1 problem in 1 file\n"
    assert Path("cart.appup").read_text() == RIGHT
    assert stat.S_IMODE(os.stat("cart.appup").st_mode) == 0o640
    assert run("--fix", ".") == (0, out, "")


def test_what_is_left_decides_the_exit_code() -> None:
    Path("cart.appup").write_text(UNSURE)
    code, out, err = run("--fix", "--format=concise", ".")
    assert (code, err) == (1, "")
    assert "A101" in out
    assert Path("cart.appup").read_text() == UNSURE
    assert run("--unsafe-fixes", "-q", ".") == (0, "", "")
    assert "soft_purge, soft_purge, []" in Path("cart.appup").read_text()


def test_diff_writes_nothing() -> None:
    Path("cart.appup").write_text(WRONG)
    code, out, err = run("--diff", ".")
    assert (code, err) == (1, "")
    assert out.startswith("--- a/cart.appup\n+++ b/cart.appup\n@@ -1,1 +1,1 @@\n")
    assert Path("cart.appup").read_text() == WRONG
    assert run("--diff", "--fix", ".")[1] == out
    assert run("--diff", "-qq", ".") == (1, "", "")
    subprocess.run(["git", "apply", "-"], input=out.encode(), check=True)
    assert Path("cart.appup").read_text() == RIGHT
    assert run("--diff", ".") == (0, "", "")


def test_diff_of_unsafe_fixes() -> None:
    Path("cart.appup").write_text(UNSURE)
    assert run("--diff", ".") == (0, "", "")
    assert run("--diff", "--unsafe-fixes", ".")[0] == 1


def test_a_patch_has_the_bytes_of_the_file() -> None:
    text = b"% coding: latin-1, \xe9\r\n" + WRONG.encode()
    Path("cart.appup").write_bytes(text)
    out = run("--diff", ".")[1].encode("utf-8", "surrogateescape")
    assert b"\n % coding: latin-1, \xe9\r\n" in out
    subprocess.run(["git", "apply", "-"], input=out, check=True)
    assert Path("cart.appup").read_bytes() == text.replace(b"load_modul,", b"load_module,")


def test_diff_says_what_it_could_not_look_at() -> None:
    Path("cart.appup").write_text("{")
    code, out, err = run("--diff", ".")
    assert (code, out) == (1, "")
    assert "T001" in err
    code, out, err = run("--diff", "nowhere.appup")
    assert (code, out) == (2, "")
    assert "nowhere.appup" in err


def test_a_text_from_a_stream() -> None:
    code, out, err = run("-", "--fix", "--stdin-filename", "src/cart.appup", given=WRONG.encode())
    assert (code, out) == (0, RIGHT)
    assert "fixed 1 problem in 1 file\n" in err
    assert "no problems" in err
    assert not Path("src").exists()
    code, out, err = run("-", "--fix", "--stdin-filename", "src/cart.appup", given=b"{ %% \xff")
    assert (code, out) == (1, "{ %% \udcff")
    assert "T002" in err


def test_a_stream_that_takes_only_text() -> None:
    out = io.StringIO()
    given = io.StringIO(WRONG)
    assert cli.main([*ARGS, "-", "--fix", "--stdin-filename", "cart.appup"], out, io.StringIO(), given) == 0
    assert out.getvalue() == RIGHT


def test_a_link_stays_a_link() -> None:
    Path("shop").mkdir()
    Path("shop/cart.appup").write_text(WRONG)
    Path("cart.appup").symlink_to("shop/cart.appup")
    assert run("--fix", "cart.appup")[0] == 0
    assert Path("cart.appup").is_symlink()
    assert Path("shop/cart.appup").read_text() == RIGHT


def test_a_failure_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("cart.appup").write_text(WRONG)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    code, _, err = run("--fix", ".")
    assert code == 2
    assert "R116" in err
    assert Path("cart.appup").read_text() == WRONG
    assert os.listdir() == ["cart.appup"]


def test_a_report_never_overwrites_what_is_fixed() -> None:
    Path("cart.appup").write_text(WRONG)
    assert run("--fix", ".", "--format", "json=cart.appup")[0] == 2
    assert Path("cart.appup").read_text() == WRONG


def test_a_fix_that_breaks_a_file_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("cart.appup").write_text(WRONG)
    broken = Mended(Linted(()), broken=T001.at(None, "no term", path="cart.appup"))
    monkeypatch.setattr(fixing, "mend", lambda *_, **__: broken)
    for flag in ("--fix", "--diff"):
        assert run(flag, ".") == (3, "", f"cart.appup: error: no term [T001 syntax-error]\n{BROKEN}")
    assert Path("cart.appup").read_text() == WRONG
