"""Settings as the commands take them: flags, environment, relupc.toml; builds, baselines, standard input."""

from __future__ import annotations

import io
import json
import os
import subprocess
from pathlib import Path

import pytest

from relupc.cli import main
from relupc.cli.parser import make_parser
from relupc.cli.settings import flags_given, settings_of, words
from relupc.config.keys import KEYS
from relupc.report import FORMATS
from tests.shop import PATH, shop

GOOD = '{"2", [{"1", [{load_module, cart}]}], [{"1", [{load_module, cart}]}]}.\n'
CIRCLE = "[{load_module, cart, [price]}, {load_module, price, [cart]}]"
WARNS = f'{{"2", [{{"1", {CIRCLE}}}],\n [{{"1", {CIRCLE}}}]}}.\n'
BUILDS = f'[builds]\nnew = "new.rel"\nfrom = ["old.rel"]\npath = ["{PATH}"]\n'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "ERL_LIBS", "RELUPC_CONFIG", "RELUPC_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def run(*argv: str, into: str = "") -> tuple[int, str, str]:
    """The exit code, and what came out of both streams."""
    stdout, stderr = io.StringIO(), io.StringIO()
    return main(argv, stdout, stderr, io.StringIO(into)), stdout.getvalue(), stderr.getvalue()


def lint(*argv: str, into: str = "") -> tuple[int, list[str]]:
    """The exit code, and the lines of the concise report."""
    code, out, _ = run("lint", *argv, "--format", "concise", into=into)
    return code, out.splitlines()


def lay(**files: str) -> None:
    """Lay files down; `__` in a name is a slash, `relupc` the configuration, anything else an appup."""
    for name, text in files.items():
        path = Path("relupc.toml" if name == "relupc" else name.replace("__", "/") + ".appup")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_flags_are_settings() -> None:
    parser, _ = make_parser()
    argv = "lint -p a,b -p c --select A,R --ignore A1 --severity A105=note,R=error --fail-on note --appups d --otp 26"
    given = {flag.key: flag.value for flag in flags_given(parser.parse_args([*argv.split(), "--baseline", "x.json"]))}
    assert given == {
        "builds.path": ["a", "b", "c"],
        "lint.select": ["A", "R"],
        "lint.ignore": ["A1"],
        "lint.severity": {"A105": "note", "R": "error"},
        "lint.fail-on": "note",
        "builds.appups": "d",
        "target-otp": "26",
        "lint.baseline": "x.json",
    }
    off = list(flags_given(parser.parse_args(["lint", "--no-baseline", "--no-exclude"])))
    assert [(flag.key, flag.value, flag.flag) for flag in off] == [
        ("lint.baseline", None, "--no-baseline"),
        ("lint.exclude", [], "--no-exclude"),
    ]
    assert list(flags_given(parser.parse_args(["lint"]))) == []
    compiled = list(flags_given(parser.parse_args(["compile", "x", "--fail-on", "note", "-o", "y", "-p", "z"])))
    assert [flag.key for flag in compiled] == ["builds.path"], "what compile fails on is its own"
    assert {flag.key for flag in [*off, *compiled]} | set(given) < set(KEYS)
    assert words(["a,b", "c"]) == ["a", "b", "c"]


def test_the_file_and_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    lay(relupc="[lint]\nignore = ['A105']\n", a=WARNS)
    Path("other.toml").write_text("[lint]\nfail-on = 'error'\n")
    assert lint() == (0, [])
    assert lint("--no-config")[0] == 1
    code, lines = lint("--config", "other.toml")
    assert (code, len(lines)) == (0, 2)
    monkeypatch.setenv("RELUPC_CONFIG", "other.toml")
    assert len(lint()[1]) == 2
    assert lint("--config", "relupc.toml") == (0, [])
    assert lint("--no-config")[0] == 1
    parser, _ = make_parser()
    assert settings_of(parser.parse_args(["lint"])).config.path == "other.toml"
    assert settings_of(parser.parse_args(["lint", "--no-config"])).config.path is None


def test_a_format_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    lay(a=WARNS)
    monkeypatch.setenv("RELUPC_FORMAT", "concise,json=out.json")
    assert run("lint")[1] == "".join(f"{line}\n" for line in lint()[1])
    assert json.loads(Path("out.json").read_text())["summary"]["warning"] == 2
    assert "problems in 1 file" in run("lint", "--format", "full")[1]
    shop(Path())
    assert run("compile", "new.rel", "-f", "old.rel", "-p", PATH)[:2] == (0, "")
    monkeypatch.setenv("RELUPC_FORMAT", "fall")
    assert run("lint") == (2, "", "relupc: no format `fall` of RELUPC_FORMAT; did you mean `full`?\n")


def test_codes_and_severities() -> None:
    lay(a=WARNS)
    assert lint("--select", "circular-depmods")[0] == 1
    assert lint("--select", "R,C9") == (2, ["--select: error: `C9` is no code and no name [T008 bad-argument]"])
    assert lint("--select", "R") == (0, [])
    assert lint("--ignore", "A4,A105") == (2, ["--ignore: error: `A4` is no code and no name [T008 bad-argument]"]) or (
        lint("--ignore", "A105") == (0, [])
    )
    assert lint("--severity", "A1=note")[0] == 0
    assert lint("--severity", "A1=note", "--fail-on", "note")[0] == 1
    assert lint("--severity", "A1")[1] == ["--severity: error: no severity for `A1` [T008 bad-argument]"]
    assert lint("--severity", "A105=fatal,A3O6=note")[0] == 2
    code, out, _ = run("lint", "--select", "A3O6")
    assert code == 2
    assert "did you mean `A306`?" in out
    assert "Failing because of: an argument or the configuration" in out


@pytest.mark.parametrize("form", FORMATS)
def test_a_broken_configuration_is_said_in_every_format_and_by_every_command(form: str) -> None:
    lay(relupc="[lint]\nslect = ['A']\n", a=GOOD)
    for argv in (["lint"], ["compile", "x.rel"]):
        code, out, err = run(*argv, "--format", form)
        assert (code, err) == (2, "")
        assert "T013" in out
        assert "relupc.toml" in out
    code, out, err = run("compile", "x.rel", "-o", "-", "--format", form)
    assert (code, out) == (2, "")
    assert "T013" in err


def test_no_two_meanings_of_an_excluded_file() -> None:
    """Promise 7, and number 7 of the checks: named or found, an excluded file is not checked, and the run says so."""
    lay(relupc="[lint]\nexclude = ['old/**']\n", old__a=WARNS, b=GOOD)
    code, out, _ = run("lint", "old/a.appup")
    assert (code, out) == (0, "checked 0 files: 1 is excluded by the configuration (--no-exclude)\n")
    assert "1 excluded" in run("lint", "old/a.appup", "b.appup")[1]
    assert lint("old") == (0, [])
    assert lint("old/a.appup", "--no-exclude")[0] == 1
    os.mkdir("sub")
    os.chdir("sub")
    assert lint("../old/a.appup", "--config", "../relupc.toml") == (0, [])


def test_show_files() -> None:
    lay(b=GOOD, apps__a=WARNS, deps__c=WARNS)
    assert run("lint", "--show-files") == (0, "apps/a.appup\nb.appup\n", "")
    assert run("lint", "--show-files", "deps/c.appup") == (0, "", "")
    assert run("lint", "--show-files", "--no-exclude", "deps") == (0, "deps/c.appup\n", "")
    code, out, _ = run("lint", "--show-files", "gone")
    assert code == 2
    assert "T003" in out
    shop(Path())
    lay(relupc=BUILDS)
    assert run("lint", "--show-files") == (0, "new.rel\n", "")


def test_show_config() -> None:
    lay(relupc="[lint]\nignore = ['A105']\n")
    code, out, err = run("lint", "--show-config", "--fail-on", "never", "gone")
    assert (code, err) == (0, "")
    assert 'lint.ignore = ["A105"]  # from relupc.toml:2\n' in out
    assert 'lint.fail-on = "never"  # from --fail-on\n' in out
    lay(relupc="[lint]\nignore = 'A105'\n")
    assert run("lint", "--show-config")[0] == 2


def test_no_arguments_are_needed_where_builds_are_named() -> None:
    """Promise 8."""
    shop(Path())
    lay(relupc=BUILDS, a=WARNS)
    code, out, _ = run("lint")
    assert code == 0
    assert out.startswith("shop 1.0 -> 2.0   (old.rel -> new.rel, OTP 25)\n")
    assert lint("a.appup")[0] == 1
    assert run("lint", "a.appup", "--builds")[1].startswith("shop 1.0 -> 2.0 ")
    assert run("lint", "--builds", "-f", "older.rel")[1].startswith("shop 0.9 -> 2.0 ")
    lay(relupc=BUILDS.replace("old.rel", "old.rel={summer,1}"))
    assert run("lint")[1] == out, "a description is for compile"
    code, out, err = run("compile")
    assert (code, err) == (0, "wrote relup (2 plans, 6 steps)\n")
    assert "shop 1.0 -> 2.0" in out
    subprocess.run(["git", "init", "-q", "."], check=True)
    os.mkdir("sub")
    os.chdir("sub")
    assert run("lint")[1].startswith("shop 1.0 -> 2.0   (../old.rel -> ../new.rel, OTP 25)\n")
    assert run("compile")[2] == "wrote ../relup (2 plans, 6 steps)\n"


def test_where_the_relup_goes() -> None:
    shop(Path())
    lay(relupc=BUILDS + "[compile]\nout = '{name}-{from}-{to}.relup'\ndown = false\n")
    assert run("compile")[2] == "wrote shop-1.0-2.0.relup (1 plan, 3 steps)\n"
    assert run("compile", "-f", "older.rel")[2] == "wrote shop-0.9-2.0.relup (2 plans, 6 steps)\n"
    assert run("compile", "-o", "there")[2] == "wrote there (1 plan, 3 steps)\n"
    assert run("compile", "--check")[0] == 0
    assert run("compile", "-o", "-")[1].startswith("%% coding: utf-8\n")
    code, out, _ = run("compile", "-f", "old.rel,older.rel")
    assert code == 2
    assert "`{from}` is one version, but there are several, or none" in out
    lay(relupc=BUILDS + "[compile]\nout = 'sub/{to}'\n")
    os.mkdir("sub")
    assert run("compile")[0] == 0
    assert os.path.exists("sub/2.0")
    lay(relupc=BUILDS + "[compile]\nout = 'old.rel'\n")
    code, _, err = run("compile")
    assert (code, "is read too" in err) == (2, True), "no release is overwritten"


def test_a_version_cannot_lead_elsewhere() -> None:
    from tests.shop import rel  # noqa: PLC0415 - only here

    os.mkdir("repo")
    os.chdir("repo")
    shop(Path(), new=rel("../../x", "2"))
    lay(relupc=BUILDS + "[compile]\nout = 'sub/{to}'\n")
    code, out, _ = run("compile")
    assert code == 2
    assert "`../../x` cannot be part of a path" in out


def test_compile_without_a_release() -> None:
    code, out, err = run("compile")
    assert (code, out) == (2, "")
    assert err == "relupc: compile needs NEW: name a release, or set `new` below [builds] in relupc.toml\n"


@pytest.mark.parametrize("form", FORMATS)
def test_a_build_that_is_not_there(form: str) -> None:
    lay(relupc="[builds]\nnew = '_build/default/rel/shop'\nfrom = ['@1.0']\n")
    Path("rebar.config").write_text("")
    for argv in (["lint"], ["lint", "--builds"], ["compile"]):
        code, out, err = run(*argv, "--format", form)
        assert (code, err) == (2, "")
        assert "T003" in out
        assert ("make it first: `rebar3 release`" in out) == (form in ("full", "json", "sarif", "github", "junit"))
    assert lint("--builds", "--no-config")[1] == ["--builds: error: no build is named [T008 bad-argument]"]
    assert run("compile", "other.rel", "-f", "other2.rel")[0] == 2


def test_lint_rules_of_compile_follow_the_configuration() -> None:
    shop(Path(), appup=f'{{"2", [{{"1", {CIRCLE}}}],\n [{{"1", {CIRCLE}}}]}}.\n')
    lay(relupc=BUILDS)
    assert "A105" in run("compile", "--format", "concise")[1]
    lay(relupc=BUILDS + "[lint]\nignore = ['A105']\n")
    assert "A105" not in run("compile", "--format", "concise")[1]
    lay(relupc=BUILDS + "[lint.per-path-ignores]\n'lib/**' = ['A105']\n")
    assert "A105" not in run("compile", "--format", "concise")[1]
    lay(relupc=BUILDS + "[lint]\nbaseline = 'known.json'\n")
    assert run("compile")[0] == 2, "the baseline has to be there"
    assert run("lint", "--write-baseline")[0] == 0
    assert "A105" not in run("compile", "--format", "concise")[1]
    Path("known.json").write_text("{}")
    assert run("compile")[0] == 2
    assert run("compile", "--no-lint")[0] == 0


def test_comments_silence_the_lint_rules_of_compile_but_no_error() -> None:
    shop(Path(), appup=f'{{"2", [{{"1", {CIRCLE}}}], %% relupc: ignore-file[A105]\n [{{"1", {CIRCLE}}}]}}.\n')
    lay(relupc=BUILDS)
    assert "A105" not in run("compile", "--format", "concise")[1]
    assert run("compile", "--fail-on", "warning")[0] == 0
    shop(Path(), appup='{"2", [{"1", [{load, cart}]}], %% relupc: ignore-file[A107, A101]\n [{"1", []}]}.\n')
    code, out, _ = run("compile", "--format", "concise")
    assert code == 1
    assert "A10" in out


def test_standard_input() -> None:
    lay(relupc="[lint.per-path-ignores]\n'apps/**' = ['A105']\n", apps__a=GOOD)
    assert lint("-", "--stdin-filename", "src/shop.appup", into=WARNS) == (
        1,
        [
            f"src/shop.appup:{place}: warning: `cart` waits for `price` [A105 circular-depmods]"
            for place in ("1:36", "2:31")
        ],
    )
    assert lint("-", "--stdin-filename", "apps/a.appup", into=WARNS) == (0, []), "the text counts, not the file"
    assert lint("-", "--stdin-filename", "apps/b.appup", into="{")[0] == 1
    assert lint("-", "--stdin-filename", "deps/a.appup", into=WARNS) == (0, [])
    assert lint("-", "--stdin-filename", "src/shop.appup.src", into=WARNS.replace('"2"', "VSN"))[0] == 1
    assert lint("-", "--stdin-filename", "src/shop.app", into="{application, shop, []}.")[0] == 1
    assert lint("-")[0] == 2
    Path("src").mkdir()
    Path("src/relupc.toml").write_text("[lint]\nignore = ['A105']\n")
    assert lint("-", "--stdin-filename", "src/shop.appup", into=WARNS) == (0, []), "its folder's configuration"


def test_a_baseline() -> None:
    lay(a=WARNS, b=GOOD)
    code, out, err = run("lint", "--write-baseline")
    assert (code, err) == (0, "wrote .relupc-baseline.json (2 findings)\n")
    assert "2 in the baseline" in out
    assert lint() == (0, [])
    assert lint("--no-baseline")[0] == 1
    lay(a="%% more\n" * 20 + WARNS)
    assert lint() == (0, [])
    lay(b=WARNS)
    assert lint()[0] == 1
    assert run("lint", "--write-baseline", "--baseline", "other.json", "-q")[2] == ""
    assert lint()[0] == 1
    assert lint("--baseline", "other.json") == (0, [])
    lay(a=GOOD)
    code, lines = lint("--baseline", "other.json")
    assert code == 0, "a note"
    assert [line.split(" [")[1] for line in lines] == ["T012 stale-baseline]"]
    assert lint("--baseline", "gone.json")[0] == 2
    Path("bad.json").write_text("{}")
    for flags in ((), ("--write-baseline",)):
        code, lines = lint("--baseline", "bad.json", *flags)
        assert code == 2
        assert "T013" in lines[-1] + lines[0]
    assert Path("bad.json").read_text() == "{}"


def test_a_baseline_is_written_where_it_can_be() -> None:
    lay(a=WARNS)
    assert run("lint", "--write-baseline", "--baseline", "gone/x.json")[0] == 2
    code, _, err = run("lint", "--write-baseline", "--baseline", "a.appup")
    assert (code, "is read too" in err or "T013" in _) == (2, True)
    assert Path("a.appup").read_text() == WARNS
    assert run("lint", "gone.appup", "--write-baseline")[0] == 2
    assert not os.path.exists(".relupc-baseline.json"), "not of half a run"
    lay(relupc="[lint]\nbaseline = 'sub/known.json'\n")
    os.mkdir("sub")
    assert run("lint", "--write-baseline")[2] == "wrote sub/known.json (2 findings)\n"
    assert json.loads(Path("sub/known.json").read_text())["findings"][0]["path"] == "a.appup"


def test_ignore_comments_can_be_left_out() -> None:
    lay(a=f"%% relupc: ignore-file[A105]\n{WARNS}")
    assert lint() == (0, [])
    assert lint("--no-ignores")[0] == 1
    lay(a=f"%% relupc: ignore-file[A004]\n{GOOD}")
    assert lint()[0] == 1
    assert lint("--no-ignores") == (0, [])
