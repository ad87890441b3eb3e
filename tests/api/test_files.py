from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from relupc.api.files import Chosen, choose, from_stream, is_excluded, lost_builds, place_in
from relupc.model.config import Config
from relupc.model.diagnostic import Problems
from relupc.model.outcome import Options
from relupc.read.file import MAX_BYTES
from tests.shop import shop


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lay(*files: str) -> None:
    for file in files:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text("")


def chosen(*paths: str, config: Config | None = None, stdin: str | None = None) -> tuple[Chosen, list[tuple[str, str]]]:
    """What is looked at, and the codes and files of what is wrong."""
    problems = Problems()
    done = choose(paths, Options(stdin_filename=stdin), config or Config(), problems)
    return done, [(d.code.code, d.path or "") for d in problems.found]


def files(*paths: str, config: Config | None = None) -> list[str]:
    done, wrong = chosen(*paths, config=config)
    assert not wrong
    return [what.path for what in done.targets]


def test_folders_files_and_nothing() -> None:
    lay("b.appup", "apps/a.appup.src", "apps/c.txt", "relup", "x.rel", "deps/d.appup", "_build/e.appup")
    assert files() == ["apps/a.appup.src", "b.appup"]
    assert files("apps", "b.appup", "./b.appup", ".") == ["apps/a.appup.src", "b.appup"]
    assert files("relup", "x.rel") == ["relup", "x.rel"]
    assert files(".", config=Config(exclude=())) == [
        "_build/e.appup",
        "apps/a.appup.src",
        "b.appup",
        "deps/d.appup",
    ]


def test_excludes_hold_for_what_is_named() -> None:
    lay("deps/d.appup", "b.appup", "deps/x.rel", "deps/rel/lib/x", "deps/rel/releases/1/x.rel")
    done, wrong = chosen("deps/d.appup", "b.appup")
    assert ([what.path for what in done.targets], done.excluded, wrong) == (["b.appup"], ("deps/d.appup",), [])
    assert chosen("deps/d.appup") == (Chosen((), ("deps/d.appup",)), [])
    assert chosen("deps") == (Chosen((), ("deps",)), [])
    assert files("deps/x.rel", "deps/rel") == ["deps/x.rel", "deps/rel"], "releases are never excluded"
    assert files("deps/d.appup", config=Config(exclude=())) == ["deps/d.appup"]


def test_patterns_begin_at_the_configuration_and_never_look_above_it() -> None:
    lay("deps/repo/apps/a.appup", "deps/repo/deps/b.appup")
    os.chdir("deps/repo")
    assert files() == ["apps/a.appup"]
    os.chdir("apps")
    config = Config(root="..", exclude=("apps/**",))
    assert chosen("a.appup", config=config)[0].excluded == ("a.appup",)
    assert files("../deps/b.appup", config=config) == ["../deps/b.appup"]
    assert files("../deps/b.appup", config=Config(root=".", exclude=("**",))) == ["../deps/b.appup"]


def test_nothing_to_check() -> None:
    os.mkdir("empty")
    lay("deps/d.appup")
    for paths in ((), ("empty",)):
        done, wrong = chosen(*paths)
        assert (done.targets, done.excluded) == ((), ())
        assert wrong == [("T008", "".join(paths) or ".")]
    problems = Problems()
    choose([], Options(), Config(), problems)
    assert "1 below it is excluded" in problems.found[0].label
    lay("b.appup")
    assert files("empty", "b.appup") == ["b.appup"]


def test_what_is_nothing() -> None:
    lay("a.txt", "b.appup")
    assert chosen("gone", "a.txt", "b.appup")[1] == [("T003", "gone"), ("T008", "a.txt")]
    assert files("gone.appup") == ["gone.appup"], "who reads it says that it is not there"


def test_standard_input() -> None:
    lay("folder/x.appup", "r/lib/x", "r/releases/x")
    assert chosen("-")[1] == [("T008", "-")]
    done, wrong = chosen("-", stdin="gone/shop.appup.src")
    assert ([what.path for what in done.targets], wrong) == (["gone/shop.appup.src"], [])
    assert chosen("-", stdin="deps/shop.appup")[0].excluded == ("deps/shop.appup",)
    for name in ("folder", "r", "a.txt", "x.rel"):
        assert chosen("-", stdin=name)[1] == [("T008", name)], name


def test_standard_input_is_bounded() -> None:
    binary = io.TextIOWrapper(io.BytesIO(b"\xffa\r\n"), encoding="utf-8", newline=None)
    assert from_stream(binary) == b"\xffa\r\n", "as it comes"
    assert from_stream(io.StringIO("é")) == "é".encode()
    assert len(from_stream(io.StringIO("x" * (MAX_BYTES + 5)))) == MAX_BYTES + 1


def test_places() -> None:
    lay("repo/apps/a.appup")
    os.symlink("repo", "link")
    inside = place_in("repo")
    assert inside("repo/apps/a.appup") == "apps/a.appup"
    assert inside("repo/gone/../apps/./a.appup") == "apps/a.appup"
    assert inside(os.path.abspath("repo/apps/a.appup")) == "apps/a.appup"
    assert inside("link/apps/a.appup") == "apps/a.appup"
    assert place_in("link")("repo/apps/a.appup") == "apps/a.appup"
    assert inside("repo") is None
    assert inside("report/a.appup") is None
    assert place_in(".")("repo/a") == "repo/a"
    assert place_in("/")("/a/b") == "a/b"


def test_a_link_is_what_its_name_says() -> None:
    lay("apps/shop/src/a.appup")
    os.mkdir("_build")
    os.symlink("../apps/shop", "_build/shop")
    assert is_excluded("_build/shop/src/a.appup", Config(), place_in("."))
    assert not is_excluded("apps/shop/src/a.appup", Config(), place_in("."))


def test_a_removed_working_folder_has_no_places() -> None:
    os.mkdir("gone")
    os.chdir("gone")
    os.rmdir("../gone")
    assert place_in(".")("a") is None


def test_builds_that_are_not_there() -> None:
    shop(Path())
    lay("mix.exs")
    there = Config(path="relupc.toml", new="new.rel", old=("old", "older.rel", 'old={a,"b"}'))
    assert list(lost_builds(there, "new.rel")) == []
    config = Config(path="relupc.toml", new="_build/prod/rel/shop", old=("@1.0", "gone.rel", "gone.rel={a,b}"))
    found = [(d.code.code, d.path, d.help) for d in lost_builds(config, "_build/prod/rel/shop")]
    assert found == [
        ("T003", "_build/prod/rel/shop", "make it first: `MIX_ENV=prod mix release`"),
        *(
            ("T003", path, "put the release there that runs now, or correct `from` in relupc.toml")
            for path in ("_build/prod/rel/shop@1.0", "gone.rel", "gone.rel={a,b}")
        ),
    ]
    assert len(list(lost_builds(config, "new.rel", with_old=False))) == 0
    assert len(list(lost_builds(config, "gone", with_new=False))) == 3
    [lost] = lost_builds(config, "gone", with_old=False)
    assert lost.help == "make it first, or correct `new` in relupc.toml"
