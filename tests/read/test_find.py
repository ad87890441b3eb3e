from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from relupc.model.diagnostic import Problems
from relupc.read.find import (
    Search,
    Tier,
    and_more,
    appup_path,
    appups_below,
    beside,
    erl_libs,
    expand,
    find_rel,
    locate,
    otp_libs,
    otp_root,
    search_for,
    split_root,
    versions_in,
)
from tests.builds import app
from tests.cases import told


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def folders(*names: str) -> None:
    for name in names:
        os.makedirs(name)


def files(*names: str) -> None:
    for name in names:
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        Path(name).touch()


@pytest.mark.parametrize(
    ("element", "found"),
    [
        ("lib/foo-1/ebin", ["lib/foo-1/ebin"]),
        ("lib//foo-1/./ebin/", ["lib/foo-1/./ebin"]),
        ("./lib/foo-1/ebin", ["./lib/foo-1/ebin"]),
        (".", ["."]),
        ("lib/../lib", ["lib/../lib"]),
        ("nowhere", []),
        ("nowhere/*", []),
        ("", []),
        ("lib/foo-1/file", []),
        ("lib/*/ebin", ["lib/.hidden/ebin", "lib/foo-1/ebin", "lib/foo-1.0/ebin", "lib/foo-10/ebin", "lib/foox/ebin"]),
        ("lib/foo-*/ebin", ["lib/foo-1/ebin", "lib/foo-1.0/ebin", "lib/foo-10/ebin"]),
        ("lib/foo-1*/ebin", ["lib/foo-1/ebin", "lib/foo-1.0/ebin", "lib/foo-10/ebin"]),
        ("lib/foo-1.*/ebin", ["lib/foo-1.0/ebin", "lib/foo-10/ebin"]),  # the dot is any character
        (r"lib/foo-1\.*/ebin", ["lib/foo-1.0/ebin"]),
        ("lib/*1.0/ebin", ["lib/foo-1.0/ebin"]),
        ("lib/fo[ox]-1*/ebin", ["lib/foo-1/ebin", "lib/foo-1.0/ebin", "lib/foo-10/ebin"]),
        ("lib/foo-?/ebin", []),  # without a star all is literal
        ("lib/[f]oo-1/ebin", []),
        ("lib/(*/ebin", []),  # no regular expression
        ("lib/(a*)*b*/ebin", []),  # exponential in a backtracking engine
        ("*/*/ebin", ["lib/.hidden/ebin", "lib/foo-1/ebin", "lib/foo-1.0/ebin", "lib/foo-10/ebin", "lib/foox/ebin"]),
        ("*", ["lib"]),
        ("lib/foo-1/e|b*", []),  # of the alternatives the first that matches counts, and it must be the whole name
        ("lib/*\udcff/ebin", []),
        ("lib\0/*", []),
        ("lib/*\0", []),
    ],
)
def test_expand(element: str, found: list[str]) -> None:
    folders(*(f"lib/{name}/ebin" for name in ("foo-10", "foo-1.0", "foo-1", "foox", ".hidden")))
    files("lib/file", "lib/foo-1/file")
    assert expand(element) == found


def test_expand_an_absolute_path(tmp_path: Path) -> None:
    folders("lib/b/ebin", "lib/a/ebin")
    assert expand(f"{tmp_path}/lib/*/ebin") == [f"{tmp_path}/lib/a/ebin", f"{tmp_path}/lib/b/ebin"]
    assert expand("/") == ["/"]


def test_expand_follows_links_but_not_in_circles() -> None:
    folders("real/ebin")
    os.symlink("real", "link")
    os.symlink("circle", "circle")
    os.symlink(".", "real/self")
    assert expand("*/ebin") == ["link/ebin", "real/ebin"]
    assert expand("circle") == []
    assert expand("real/*/*/*/ebin") == ["real/self/self/self/ebin"]


def test_expand_what_is_no_utf_8(tmp_path: Path) -> None:
    os.makedirs(os.fsencode(tmp_path) + b"/l\xffb/ebin")
    assert expand("*/ebin") == ["l\udcffb/ebin"]
    assert expand("l\udcffb/ebin") == ["l\udcffb/ebin"]
    assert expand("l*b/ebin") == ["l\udcffb/ebin"]


def test_expand_what_cannot_be_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so that the system has to be pretended to refuse."""
    folders("lib/foo/ebin")

    def refuse(path: str) -> list[str]:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "listdir", refuse)
    assert expand("lib/*/ebin") == []
    assert expand("lib/foo/ebin") == ["lib/foo/ebin"]
    assert list(Search((Tier("t", lambda: ["lib/foo/ebin"]),)).holding("foo.app")) == []


def places(rel: str) -> list[str]:
    """The folders beside a .rel file that hold foo.app, in order."""
    return list(Search((Tier("beside", lambda: beside(rel)),)).holding("foo.app"))


def test_beside_in_a_release_root() -> None:
    """ROOT/releases/VSN/NAME.rel and ROOT/lib: what rebar3, mix and relx make."""
    files(
        "root/lib/foo-1/ebin/foo.app",
        "root/releases/1/x.rel",
        "root/releases/lib/no-1/ebin/foo.app",
        "lib/no/ebin/foo.app",
    )
    assert places("root/releases/1/x.rel") == ["root/lib/foo-1/ebin"]


def test_beside_in_a_release_root_from_within() -> None:
    files("root/lib/foo-1/ebin/foo.app", "root/releases/1/x.rel")
    os.chdir("root/releases/1")
    assert places("x.rel") == ["../../lib/foo-1/ebin"]


def test_beside_a_folder_of_rel_files() -> None:
    """rel/x.rel and lib beside rel."""
    files("rel/x.rel", "lib/foo-1/ebin/foo.app")
    assert places("rel/x.rel") == ["lib/foo-1/ebin"]


def test_beside_the_rel_itself() -> None:
    files("rel/x.rel", "rel/foo.app", "rel/foo/ebin/foo.app", "rel/lib/foo-1/ebin/foo.app", "lib/foo-2/ebin/foo.app")
    assert places("rel/x.rel") == ["rel", "rel/foo/ebin", "rel/lib/foo-1/ebin", "lib/foo-2/ebin"]


def test_beside_a_rel_here() -> None:
    files("x.rel", "foo.app", "foo/ebin/foo.app")
    assert places("x.rel") == [".", "foo/ebin"]


def test_erl_libs() -> None:
    files("one/foo/ebin/foo.app", "two/ebin/foo.app", "three/x/y/ebin/foo.app")
    value = os.pathsep.join(("one", "", "two", "three", "gone"))
    assert list(Search((Tier("ERL_LIBS", lambda: erl_libs(value)),)).holding("foo.app")) == ["one/foo/ebin", "two/ebin"]
    assert list(erl_libs("")) == []


def fake_otp(root: Path) -> None:
    (root / "lib/kernel-8.5/ebin").mkdir(parents=True)
    (root / "bin").mkdir()
    erl = root / "bin/erl"
    erl.write_text("#!/bin/sh\necho started >&2; exit 1\n")
    erl.chmod(0o755)


def test_otp_root_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Debian has it: /usr/bin/erl is a link into /usr/lib/erlang/bin."""
    fake_otp(tmp_path / "usr/lib/erlang")
    folders("usr/bin")
    os.symlink("../lib/erlang/bin/erl", "usr/bin/erl")
    monkeypatch.setenv("PATH", str(tmp_path / "usr/bin"))
    assert otp_root() == str(tmp_path / "usr/lib/erlang")
    assert list(otp_libs(otp_root())) == [str(tmp_path / "usr/lib/erlang/lib/*/ebin")]


def test_otp_root_where_erl_is_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An `erl` that is in no OTP, and none at all."""
    folders("bin", "lib")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert otp_root() is None
    erl = Path("bin/erl")
    erl.touch(0o755)
    assert otp_root() is None
    assert list(otp_libs(None)) == []


def test_search_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--path, then beside the .rel, then ERL_LIBS, then OTP; only the first if isolated."""
    fake_otp(tmp_path / "otp")
    fake_otp(tmp_path / "other")
    files(
        "given/foo.app",
        "rel/foo.app",
        "libs/foo/ebin/foo.app",
        "otp/lib/foo/ebin/foo.app",
        "other/lib/foo/ebin/foo.app",
    )
    monkeypatch.setenv("ERL_LIBS", "libs")
    monkeypatch.setenv("PATH", str(tmp_path / "otp/bin"))
    found = list(search_for(["given"], ["rel/x.rel"], False, None).holding("foo.app"))
    assert found == ["given", "rel", "libs/foo/ebin", str(tmp_path / "otp/lib/foo/ebin")]
    assert list(search_for(["given"], ["rel/x.rel"], False, "other").holding("foo.app"))[-1] == "other/lib/foo/ebin"
    assert list(search_for(["given"], ["rel/x.rel"], True, "other").holding("foo.app")) == ["given"]


def test_each_release_looks_beside_its_own_file_first() -> None:
    """What belongs to another release is looked at, but that something is there too is not worth a word."""
    files("one/rel/x.rel", "one/lib/foo/ebin/foo.app", "two/rel/y.rel", "two/lib/foo/ebin/foo.app")
    search = search_for([], ["two/rel/y.rel", "one/rel/x.rel"], False, "nowhere")
    assert list(search.holding("foo.app")) == ["two/lib/foo/ebin", "one/lib/foo/ebin"]
    assert list(search.known("foo.app")) == ["two/lib/foo/ebin"]
    assert search.description() == (
        "--path (none); beside the .rel file (two/rel, two/lib/foo/ebin); "
        "beside the other .rel files (one/rel, one/lib/foo/ebin); ERL_LIBS (none); OTP (none)"
    )


def test_search_looks_no_further_than_it_must() -> None:
    files("a/foo.app", "b/foo.app")

    def never() -> list[str]:
        raise AssertionError("looked at what comes after")

    search = Search((Tier("one", lambda: ["a", "a", "b"]), Tier("two", never)))
    found = search.holding("foo.app")
    assert [next(found), next(found)] == ["a", "b"]
    assert list(search.known("foo.app")) == ["a", "b"]


def test_a_folder_of_two_tiers_counts_once() -> None:
    files("a/foo.app", "b/foo.app")
    search = Search((Tier("one", lambda: ["a"]), Tier("two", lambda: ["b", "a"])))
    assert list(search.holding("foo.app")) == ["a", "b"]
    assert search.description() == "one (a); two (b)"


def test_description() -> None:
    folders(*"abcdef")
    search = Search((Tier("--path", lambda: "abcdef"), Tier("OTP", list)))
    assert list(search.holding("x.app")) == []
    assert search.description() == "--path (a, b, c, d and 2 more); OTP (none)"
    assert Search(()).description() == "nothing"


def test_and_more() -> None:
    assert and_more([]) == "none"
    assert and_more(list("abcd")) == "a, b, c, d"
    assert and_more(list("abcde")) == "a, b, c, d and 1 more"


def test_appup_path() -> None:
    foo = replace(app("foo", "1"), directory="lib/foo-1/ebin")
    assert appup_path(foo, {}) == "lib/foo-1/ebin/foo.appup"
    folders("ups")
    assert appup_path(foo, appups_below("ups")) == "lib/foo-1/ebin/foo.appup"
    assert appup_path(foo, appups_below("nowhere")) == "lib/foo-1/ebin/foo.appup"
    files("ups/b/c/foo.appup", "ups/z/foo.appup", "ups/y/foo.appup")
    assert appup_path(foo, appups_below("ups")) == "ups/y/foo.appup", "what lies less deep, then by name"
    files("ups/b/c/foo-1.appup", "ups/foo-2.appup")
    assert appup_path(foo, appups_below("ups")) == "ups/b/c/foo-1.appup", "a version before none"


def test_appup_path_does_not_leave_its_folder() -> None:
    files("foo.appup", "ups/x", "etc/foo-x.appup")
    foo = replace(app("foo", "x/../../etc/foo-x"), directory="ebin")
    assert appup_path(foo, appups_below("ups")) == "ebin/foo.appup"


def test_appup_path_with_a_circle_of_links() -> None:
    folders("ups/a")
    os.symlink("..", "ups/a/up")
    assert appup_path(replace(app("foo", "1"), directory="e"), appups_below("ups")) == "e/foo.appup"


def test_find_rel() -> None:
    files("a.rel", "b", "dir/c.rel", "d.rel.rel", "dir/a.rel")
    assert find_rel("a", []) == "a.rel"
    assert find_rel("a.rel", ["dir"]) == "a.rel", "here comes first"
    assert find_rel("b", []) is None
    assert find_rel("c", ["nowhere", "dir"]) == "dir/c.rel"
    assert find_rel("dir/c", []) == "dir/c.rel"
    assert find_rel(os.path.abspath("c"), ["dir"]) is None
    assert find_rel("d.rel", []) is None
    assert find_rel("nul\0", ["dir"]) is None
    assert find_rel("", []) is None


def test_find_rel_that_is_a_broken_link() -> None:
    """It is what is meant: reading it says what is wrong."""
    os.symlink("a.rel", "a.rel")
    assert find_rel("a", []) == "a.rel"


def test_a_release_root() -> None:
    files("root/releases/1/root.rel", "root/releases/1/start.rel", "root/releases/2/x.rel", "root/releases/3/y.rel")
    files("root/releases/3/z.rel", "root/releases/empty/README")
    Path("root/releases/start_erl.data").write_text("13.1 2\n")
    assert find_rel("root", []) == "root/releases/2/x.rel", "the version that the node starts with"
    assert find_rel("root/", []) == "root/releases/2/x.rel"
    assert find_rel("root@1", []) == "root/releases/1/root.rel", "of several the one called like the root"
    assert find_rel("root@3", []) is None, "which of the two?"
    assert find_rel("root@empty", []) is None
    assert find_rel("root@4", []) is None
    assert find_rel("root@..", []) is None
    assert find_rel("root@../releases/1", []) is None


@pytest.mark.parametrize("data", [b"", b"\n", b"\xff\xfe \xff", b"13.1 ../../..", b"x" * 5000])
def test_a_release_root_with_bad_start_data(data: bytes) -> None:
    files("root/releases/1/root.rel")
    Path("root/releases/start_erl.data").write_bytes(data)
    assert find_rel("root", []) is None


def test_a_release_root_whose_start_data_is_a_pipe() -> None:
    """Nobody writes into it: opening it must not wait."""
    files("root/releases/1/root.rel")
    os.mkfifo("root/releases/start_erl.data")
    assert find_rel("root", []) is None


def test_split_root() -> None:
    folders("with@sign")
    assert split_root("root@1.0") == ("root", "1.0")
    assert split_root("root") == ("root", "")
    assert split_root("with@sign") == ("with@sign", "")
    assert split_root("with@sign@2") == ("with@sign", "2")


def test_locate() -> None:
    files("root/releases/1/root.rel", "root/releases/2/root.rel", "a.rel")
    problems = Problems()
    assert locate("a", "", [], problems) == "a.rel"
    assert locate("@1", "root@2", [], problems) == "root/releases/1/root.rel"
    assert problems.found == []
    assert locate("gone", "", ["x", "y"], problems) is None
    assert locate("root@9", "", [], problems) is None
    assert [told(found) for found in problems.found] == [
        "error T003 unreadable-file at gone.rel: no such release file\n"
        "  help: name a .rel file, or the folder that has it with --path\n"
        "  note: searched: ., x, y\n"
        '  otp: systools_make/not_found {not_found,"gone.rel"}',
        "error T003 unreadable-file at root@9: no such release in this folder\n"
        "  help: it has 1, 2: write root@2\n"
        '  otp: systools_make/not_found {not_found,"root@9.rel"}',
    ]


def test_versions_in_a_root() -> None:
    folders("root/releases/1", "root/releases/2", "root/releases/two", "root/releases/none")
    files("root/releases/1/a.rel", "root/releases/2/a.rel", "root/releases/two/b.rel", "root/releases/two/c.rel")
    files("root/releases/RELEASES")
    assert versions_in("root") == ["1", "2"]
    assert versions_in("root/releases") == versions_in("gone") == versions_in("\0") == []
