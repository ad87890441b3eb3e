"""`relupc lint` given again: the same answer, from the cache if nothing changed, and anew if anything did."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relupc import cli, remember
from relupc.api import lint as examined
from tests.shop import shop

FIXTURES = Path(__file__).parents[2] / "fixtures"
PROJECT = FIXTURES / "codes" / "D101" / "bad"
PAIR = ("lint", "new/shop", "--from", "old/shop")


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two builds, which is the working folder, and an empty cache beside it."""
    shutil.copytree(PROJECT, tmp_path / "shop")
    monkeypatch.chdir(tmp_path / "shop")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "shop"


def cache_of(project: Path) -> Path:
    return project.parent / "cache" / "relupc"


def said(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return cli.main(arguments, out, err), out.getvalue(), err.getvalue()


@contextlib.contextmanager
def counted() -> Iterator[list[None]]:
    """How often anything was looked at."""
    looks: list[None] = []
    true = examined.examine

    def examine(*arguments: object) -> object:
        looks.append(None)
        return true(*arguments)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examined, "examine", examine)
        yield looks


def looks_for(*arguments: str) -> tuple[tuple[int, str, str], int]:
    """What is said, and how often anything was looked at."""
    with counted() as looks:
        return said(*arguments), len(looks)


FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit")
WAYS = [
    *((f"--format={name}",) for name in FORMATS),
    ("--statistics",),
    ("-q",),
    ("-qq",),
    ("-v",),
    ("--color=always",),
    ("--select=all", "--max-frames=1"),
    ("--format=concise,json=report.json",),
]


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_the_same_again(project: Path, way: tuple[str, ...]) -> None:
    report = project / "report.json"
    plain = said(*PAIR, *way, "--no-cache")
    written = report.read_bytes() if report.exists() else None
    assert not cache_of(project).exists()
    first, looks = looks_for(*PAIR, *way)
    assert (first, looks) == (plain, 1)
    report.unlink(missing_ok=True)
    again, looks = looks_for(*PAIR, *way)
    assert (again, looks) == (plain, 0)
    assert (report.read_bytes() if report.exists() else None) == written
    assert plain[0] == 1


def test_what_cannot_be_written_is_told_again(project: Path) -> None:
    ways = ("--format=json=gone/report.json", "--format=json=new/shop/ebin/shop.appup")
    for way in ways:
        plain = said(*PAIR, way, "--no-cache")
        assert plain[0] == 2
        assert [said(*PAIR, way) for _ in range(3)] == [plain] * 3


def write(path: str, data: bytes = b"%% changed\n") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(data)


def add_to(path: str) -> None:
    write(path, Path(path).read_bytes() + b"\n%% changed\n")


def replace_by_link(path: str) -> None:
    Path(path).rename("elsewhere")
    Path(path).symlink_to(Path("elsewhere").absolute())


def configure_above() -> None:
    write("../.git/HEAD")
    write("../relupc.toml", b"[lint]\nfail-on = 'never'\n")


BEAM, APPUP = "new/shop/ebin/shop_item.beam", "new/shop/ebin/shop.appup"
CHANGES: dict[str, Callable[[], object]] = {
    "a module of the new build": lambda: shutil.copy("old/shop/ebin/shop_item.beam", BEAM),
    "a module of the old build": lambda: shutil.copy(BEAM, "old/shop/ebin/shop_item.beam"),
    "a damaged module": lambda: write(BEAM),
    "a new module": lambda: shutil.copy(BEAM, "new/shop/ebin/shop_more.beam"),
    "a module less": lambda: os.unlink(BEAM),
    "a folder less": lambda: shutil.rmtree("old"),
    "the appup": lambda: add_to(APPUP),
    "no appup": lambda: os.unlink(APPUP),
    "the .app file": lambda: add_to("new/shop/ebin/shop.app"),
    "a configuration": lambda: write("relupc.toml", b"[lint]\nignore = ['D101']\n"),
    "a broken configuration": lambda: write("relupc.toml", b"["),
    "a configuration further up": configure_above,
    "a repository": lambda: write(".git/HEAD"),
    "a baseline": lambda: said(*PAIR, "--write-baseline"),
    "the environment's configuration": lambda: os.environ.update(RELUPC_CONFIG="gone.toml"),
    "the environment's format": lambda: os.environ.update(RELUPC_FORMAT="concise"),
    "colours": lambda: os.environ.update(FORCE_COLOR="1"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_seen(project: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RELUPC_CONFIG", "RELUPC_FORMAT", "FORCE_COLOR"):
        monkeypatch.setenv(name, "")  # so that it is put back
        monkeypatch.delenv(name)
    before = said(*PAIR)
    assert looks_for(*PAIR) == (before, 0)
    CHANGES[what]()
    plain = said(*PAIR, "--no-cache")
    after, looks = looks_for(*PAIR)
    assert after == plain
    assert looks == 1 or "configuration" in what  # a broken one is told before anything is looked at
    assert said(*PAIR) == plain


def test_a_change_back_is_no_change_at_all(project: Path) -> None:
    before = said(*PAIR)
    data = Path(APPUP).read_bytes()
    write(APPUP)
    assert said(*PAIR) != before
    write(APPUP, data)
    assert said(*PAIR) == before


@pytest.mark.parametrize("when", [0, 1, 2_000_000_000, 4_000_000_000])
def test_times_do_not_count(project: Path, when: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is changed and as old as before is changed; what is only newer, or older, is not. Nor does the clock."""
    before = said(*PAIR)
    shutil.copy("old/shop/ebin/shop_item.beam", BEAM)
    for path in Path().rglob("*"):
        os.utime(path, (when, when))
    after, looks = looks_for(*PAIR)
    assert (after, looks) == (said(*PAIR, "--no-cache"), 1)
    assert after != before
    for path in (*Path().rglob("*"), *cache_of(project).iterdir()):
        os.utime(path, (when + 5, when + 5))
    monkeypatch.setattr("time.time", lambda: float(when))
    assert looks_for(*PAIR) == (after, 0)


def test_another_relupc_or_python_starts_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(*PAIR)
    monkeypatch.setattr(sys, "version", "4.0")
    assert looks_for(*PAIR)[1] == 1


def test_a_link_counts_as_what_it_leads_to(project: Path) -> None:
    replace_by_link(BEAM)
    plain = said(*PAIR, "--no-cache")
    assert said(*PAIR) == plain
    assert looks_for(*PAIR) == (plain, 0)
    shutil.copy("old/shop/ebin/shop_item.beam", BEAM)  # through the link
    assert looks_for(*PAIR) == (said(*PAIR, "--no-cache"), 1)
    assert Path(BEAM).is_symlink()


NOT_KEPT = [
    ("lint", "new/shop", "--no-cache"),
    (*PAIR, "--fix"),
    (*PAIR, "--diff"),
    (*PAIR, "--unsafe-fixes"),
    (*PAIR, "--write-baseline"),
    (*PAIR, "--show-files"),
    (*PAIR, "--show-config"),
    (*PAIR, "--config=gone.toml"),
    (*PAIR, "--format=paper"),
    ("lint", APPUP),
    ("lint", "new/shop/src/shop_page.erl"),
    ("lint", "new"),  # a folder, where git is asked
    ("lint", "-", "--stdin-filename", APPUP),
    ("lint", "gone"),
    ("diff", "new/shop", "--from", "old/shop"),
]


@pytest.mark.parametrize("command", NOT_KEPT, ids=" ".join)
def test_not_kept(project: Path, command: tuple[str, ...]) -> None:
    """What changes files or is made of what happens only once, and what is as fast as to look whether it changed."""
    first = said(*command)
    assert not cache_of(project).exists() or not list(cache_of(project).iterdir())
    assert first[0] in (0, 1, 2)


def test_interrupted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(examined, "examine", interrupt)
        assert said(*PAIR)[0] == cli.INTERRUPTED
    assert not list(cache_of(project).iterdir())
    assert looks_for(*PAIR)[1] == 1


def test_it_changes_while_it_is_looked_at(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer may be about the one or the other, but it is not kept if it is about both."""
    true = examined.examine

    def examine(*arguments: object) -> object:
        found = true(*arguments)  # type: ignore[arg-type]
        write(APPUP)
        true(*arguments)  # type: ignore[arg-type]
        return found

    with monkeypatch.context() as patch:
        patch.setattr(examined, "examine", examine)
        said(*PAIR)
    assert not list(cache_of(project).iterdir())


def entry_of(project: Path) -> Path:
    """The one file in the cache."""
    (file,) = cache_of(project).iterdir()
    return file


# What a damaged file gives is the same for each: what it is made of is what is new.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_a_damaged_entry_is_none(project: Path, data: st.DataObject) -> None:
    plain = said(*PAIR)
    file = entry_of(project)
    good = file.read_bytes()
    at, kind = data.draw(st.integers(0, len(good) - 1)), data.draw(st.sampled_from(["cut", "flip", "other", "more"]))
    damage = {
        "cut": good[:at],
        "flip": good[:at] + bytes([good[at] ^ 1 + data.draw(st.integers(0, 254))]) + good[at + 1 :],
        "other": data.draw(st.binary(max_size=100)),
        "more": good + data.draw(st.binary(min_size=1, max_size=5)),
    }
    file.write_bytes(damage[kind])
    assert looks_for(*PAIR) == (plain, 1)
    assert file.read_bytes() == good


def test_something_else_in_its_place(project: Path) -> None:
    plain = said(*PAIR)
    file = entry_of(project)
    ways: list[Callable[[], object]] = [
        file.mkdir,
        lambda: os.mkfifo(file),
        lambda: file.symlink_to("/dev/zero"),
        lambda: file.symlink_to(file),
    ]
    for make in ways:
        shutil.rmtree(file) if file.is_dir() and not file.is_symlink() else file.unlink()
        make()
        assert looks_for(*PAIR) == (plain, 1)
        assert not [path for path in cache_of(project).iterdir() if path != file]


def test_no_place_for_a_cache(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, verbose = said(*PAIR, "--no-cache"), said(*PAIR, "--no-cache", "-v")
    for place in (os.devnull, str(project / "new" / "shop" / "ebin" / "shop.app"), "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", place)
        monkeypatch.delenv("HOME", raising=False)
        assert said(*PAIR) == plain
        code, out, err = said(*PAIR, "-v")
        assert (code, out) == verbose[:2]
        line, _, rest = err.partition("\n")
        assert line.startswith("nothing is kept for the next time: ")
        assert rest == verbose[2]


def test_it_is_bounded(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relupc.remember.shelf.MOST_FILES", 3)
    for number in range(1, 8):
        said(*PAIR, f"--max-frames={number}")
        assert len(list(cache_of(project).iterdir())) == min(number, 3)
        assert looks_for(*PAIR, f"--max-frames={number}")[1] == 0


def started(project: Path) -> subprocess.Popen[bytes]:
    """A relupc of its own."""
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    command = [sys.executable, "-m", "relupc", *PAIR]
    return subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_several_at_once(project: Path) -> None:
    """They start with nothing, with something damaged, and with a good one."""
    code, out, err = said(*PAIR, "--no-cache")
    for _ in range(3):
        runs = [started(project) for _ in range(4)]
        results = [(*run.communicate(), run.returncode) for run in runs]
        assert results == [(out.encode(), err.encode(), code)] * 4
        data = entry_of(project).read_bytes()
        assert remember.entry_of(data)
        entry_of(project).write_bytes(data[:-1])
    entry_of(project).write_bytes(data)
    assert looks_for(*PAIR) == ((code, out, err), 0)


def lay_down(project: Path) -> None:
    """Two releases with compiled modules, which are called what they are in another project."""
    shop(project)
    for vsn, build in (("1", "old"), ("2", "new")):
        shutil.copy(f"{build}/shop/ebin/shop_item.beam", f"lib/shop-{vsn}/ebin")


def pack(root: str) -> None:
    """An archive of a release root."""
    vsn, app = {"old": ("1.0", "shop-1"), "new": ("2.0", "shop-2")}[root]
    with tarfile.open(f"{root}.tar.gz", "w:gz") as out:
        out.add(f"{root}.rel", f"releases/{vsn}/shop.rel")
        for folder in Path("lib").iterdir():
            if not folder.name.startswith("shop-") or folder.name == app:
                out.add(folder, f"lib/{folder.name}")


def test_archives(project: Path) -> None:
    lay_down(project)
    for root in ("old", "new"):
        pack(root)
    command = ("lint", "new.tar.gz", "--from", "old.tar.gz")
    plain = said(*command, "--no-cache")
    assert "new.tar.gz/lib/shop-2/ebin" in plain[1]
    assert [looks_for(*command) for _ in range(2)] == [(plain, 1), (plain, 0)]
    add_to("lib/shop-2/ebin/shop.appup")
    Path("lib/shop-2/ebin/shop_item.beam").write_bytes(Path("old/shop/ebin/shop_item.beam").read_bytes())
    pack("new")
    assert looks_for(*command) == (said(*command, "--no-cache"), 1)
    assert looks_for(*command)[1] == 0
    write("old.tar.gz")
    assert [looks_for(*command) for _ in range(2)] == [(said(*command, "--no-cache"), 1)] * 2


def test_where_applications_are_searched(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ERL_LIBS, and the OTP of the `erl` on PATH, if one of both had to be asked."""
    lay_down(project)
    command = ("lint", "new.rel", "--from", "old.rel", "-p", "lib/*/ebin")
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setenv("ERL_LIBS", "")
    (sasl,) = Path("lib").glob("sasl-*")
    shutil.copytree(sasl, f"more/{sasl.name}")
    shutil.copytree(sasl, f"otp/lib/{sasl.name}")
    (Path("otp/lib/kernel-8.5/ebin")).mkdir(parents=True)
    shutil.rmtree(sasl)
    lost = said(*command)
    assert "R103" in lost[1]
    monkeypatch.setenv("ERL_LIBS", "more")
    found, looks = looks_for(*command)
    assert (looks, "R103" in found[1]) == (1, False)
    assert looks_for(*command) == (found, 0)
    monkeypatch.setenv("ERL_LIBS", "")
    assert looks_for(*command) == (lost, 1)
    write("otp/bin/erl")
    Path("otp/bin/erl").chmod(0o755)
    monkeypatch.setenv("PATH", str(Path("otp/bin").absolute()))
    found, looks = looks_for(*command)
    assert (looks, "R103" in found[1]) == (1, False)
    assert looks_for(*command) == (found, 0)
    Path("otp/bin/erl").chmod(0o644)
    assert looks_for(*command) == (lost, 1)


def test_what_git_says_is_not_kept(project: Path) -> None:
    """An application without an appup of its own has those that git knows below it."""
    Path(APPUP).rename("new/shop/src/shop.appup")
    command = ("lint", "new/shop")
    assert [looks_for(*command) for _ in range(2)] == [(said(*command, "--no-cache"), 1)] * 2
    shutil.copy("new/shop/src/shop.appup", APPUP)
    assert [looks_for(*command)[1] for _ in range(2)] == [1, 0]
