"""`relupc lint` as a command: formats, exit codes, streams, screens."""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from docs.refresh import run as in_a_copy
from relupc.cli import main
from relupc.report import FORMATS
from tests.report.test_json import validated
from tests.report.test_sarif import VALIDATOR

ROOT = Path(__file__).parents[2]
SCREEN = ROOT / "fixtures" / "docs" / "lint-screen"
BUILDS_SCREEN = ROOT / "fixtures" / "docs" / "builds-screen"
GOOD = '{"2", [{"1", [{load_module, cart}]}], [{"1", [{load_module, cart}]}]}.\n'
CIRCLE = "[{load_module, cart, [price]}, {load_module, price, [cart]}]"
WARNS = f'{{"2", [{{"1", {CIRCLE}}}],\n [{{"1", {CIRCLE}}}]}}.\n'
WRONG = '{"2", [{"1", [{load, cart}]}],\n [{"1",\t[{update, \'価格\', wide, []}]}]}.\n'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "ERL_LIBS", "RELUPC_CONFIG", "RELUPC_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def run(*argv: str) -> tuple[int, str, str]:
    """The exit code, and what came out of both streams."""
    stdout, stderr = io.StringIO(), io.StringIO()
    return main(["lint", *argv], stdout, stderr), stdout.getvalue(), stderr.getvalue()


def lay(**files: str | bytes) -> None:
    """Lay files down in the working folder; `__` in a name is a slash."""
    for name, content in files.items():
        path = Path(name.replace("__", "/") + ".appup")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


INPUTS: dict[str, tuple[int, bytes | None]] = {
    "good.appup": (0, GOOD.encode()),
    "warns.appup": (1, WARNS.encode()),
    "wide and\u3000wrong.appup": (1, WRONG.encode()),
    "a folder/tabs.appup": (1, WARNS.replace(" ", "\t").encode()),
    "crlf.appup": (1, WARNS.replace("\n", "\r\n").encode()),
    "syntax.appup": (1, b'{"2", [{"1" [}.\n'),
    "empty.appup": (1, b""),
    "binary.appup": (1, b'{"2", "\xff\xfe\x1b[2J'),
    "template.appup.src": (0, b'{"%VSN%", [{"1", [{load_module, cart}]}], [{"1", [{load_module, cart}]}]}.\n'),
}


@pytest.mark.parametrize("name", INPUTS)
def test_every_format_says_it_and_the_exit_code_is_the_same(name: str) -> None:
    expected, content = INPUTS[name]
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_bytes(content or b"")
    found = len(json.loads(run(name, "--format", "json")[1])["diagnostics"])
    assert bool(found) == bool(expected)
    for form in FORMATS:
        code, out, err = run(name, "--format", form)
        assert (code, err) == (expected, ""), form
        assert "\x1b" not in out
        assert run(name, "--format", form, "-qq") == (expected, "", "")
    validated(run(name, "--format", "json")[1])
    VALIDATOR.validate(json.loads(run(name, "--format", "sarif")[1]))
    assert len(json.loads(run(name, "--format", "gitlab")[1])) == found
    assert len(run(name, "--format", "github")[1].splitlines()) == found
    assert len(list(ET.fromstring(run(name, "--format", "junit")[1]).iter("failure"))) == found


REFUSED: dict[str, tuple[str, tuple[str, ...], str]] = {
    "a broken configuration": ("T013", ("a.appup",), "[lint]\nfail_on = 'error'\n"),
    "a configuration that is no TOML": ("T013", ("a.appup",), "[lint\n"),
    "a file that is not there": ("T003", ("b.appup",), ""),
    "a file that lint does not know": ("T008", ("a.txt",), ""),
    "nothing to check": ("T008", ("empty",), ""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_every_format_says_what_relupc_cannot_do(case: str) -> None:
    said, argv, config = REFUSED[case]
    lay(a=GOOD)
    os.mkdir("empty")
    Path("a.txt").write_text("x")
    Path("relupc.toml").write_text(config)
    for form in FORMATS:
        code, out, err = run(*argv, "--format", form)
        assert (code, err) == (2, ""), (form, out)
        assert said in out, form
        assert "\x1b" not in out
        assert run(*argv, "--format", form, "-qq") == (2, "", "")
    validated(run(*argv, "--format", "json")[1])
    VALIDATOR.validate(json.loads(run(*argv, "--format", "sarif")[1]))


@pytest.mark.parametrize("form", FORMATS)
def test_excluded_is_not_checked_though_it_is_named(form: str) -> None:
    lay(a=GOOD, deps__b=WRONG)
    code, out, err = run("deps/b.appup", "--format", form)
    assert (code, err) == (0, "")
    assert "A101" not in out
    if form == "full":
        assert out == "checked 0 files: 1 is excluded by the configuration (--no-exclude)\n"
        assert "no problems (1 excluded; " in run("deps/b.appup", "a.appup")[1]
    assert run("deps/b.appup", "--no-exclude", "--format", form)[0] == 1


def test_suppressed_is_counted() -> None:
    lay(a="%% relupc: ignore-file[A105] they do not call each other\n" + WARNS)
    code, out, _ = run("a.appup", "--format", "full,json=a.json,sarif=a.sarif")
    assert code == 0
    assert re.match(r"checked 1 file: no problems \(\d+ suppressed; ", out)
    suppressed = [d["suppressed"] for d in json.loads(Path("a.json").read_text())["diagnostics"]]
    assert suppressed
    assert set(suppressed) == {"comment"}
    (log,) = json.loads(Path("a.sarif").read_text())["runs"]
    assert all(result["suppressions"] for result in log["results"])


@pytest.mark.parametrize("name", FORMATS)
def test_order_and_repetition_change_nothing(name: str) -> None:
    lay(b=WARNS, a=WRONG, apps__c=GOOD, apps__d=WARNS)
    whole = run(".", "--format", name)
    assert whole == run("--format", name), "the working folder is what is checked without a path"
    assert whole == run(".", "--format", name)
    files = ["b.appup", "apps/d.appup", "a.appup", "apps/c.appup"]
    assert whole == run(*files, "--format", name)
    assert whole == run(*reversed(files), "--format", name)
    assert whole == run("apps", "b.appup", "a.appup", "--format", name)
    assert whole == run(".", "b.appup", "apps", "b.appup", "--format", name)


def test_findings_are_sorted_over_all_files() -> None:
    lay(b=WARNS, a=WRONG, apps__d=WARNS)
    places = [line.split(": ")[0].split(":") for line in run("--format", "concise")[1].splitlines()]
    keys = [(path, int(line), int(column)) for path, line, column in places]
    assert keys == sorted(keys)
    assert {path for path, _, _ in keys} == {"a.appup", "apps/d.appup", "b.appup"}


def fingerprints() -> list[str]:
    return [d["fingerprint"] for d in validated(run("--format", "json")[1])["diagnostics"]]


def test_fingerprints_stay_and_twins_differ() -> None:
    lay(a=WARNS)
    before = fingerprints()
    assert before
    lay(a="%% a comment\n" * 20 + WARNS.replace("price", "price "))
    assert fingerprints() == before
    lay(a=WARNS, copy__a=WARNS)
    assert len(set(fingerprints())) == 2 * len(before)
    assert set(before) < set(fingerprints())


def test_paths_are_relative_to_the_repository() -> None:
    lay(back__apps__a=WRONG)
    os.mkdir(".git")
    os.chdir("back")
    (run_of_sarif,) = json.loads(run("apps", "--format", "sarif")[1])["runs"]
    location = run_of_sarif["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "back/apps/a.appup", "uriBaseId": "%SRCROOT%"}
    assert json.loads(run("apps", "--format", "gitlab")[1])[0]["location"]["path"] == "back/apps/a.appup"
    assert run("apps", "--format", "github")[1].startswith("::error file=back/apps/a.appup,line=1,")
    assert run("apps", "--format", "concise")[1].startswith("apps/a.appup:1:"), "people know where they are"


def test_several_formats() -> None:
    lay(a=WARNS)
    code, out, err = run(".", "--format", "full,sarif=out.sarif", "--format", "junit=out.xml")
    assert (code, err) == (1, "")
    assert out == run(".")[1]
    assert Path("out.sarif").read_text() == run(".", "--format", "sarif")[1]
    assert Path("out.xml").read_text() == run(".", "--format", "junit")[1]


def test_what_fails_is_said() -> None:
    lay(a=WARNS)
    assert run(".")[1].endswith(" Failing because of: fail-on = warning.\n")
    code, out, _ = run(".", "--fail-on", "error")
    assert code == 0
    assert "Failing" not in out
    assert run(".", "--fail-on", "note")[1].endswith(" Failing because of: fail-on = note.\n")
    assert run(".", "--fail-on", "never")[0] == 0


def test_nothing_found() -> None:
    lay(a=GOOD, b=GOOD)
    code, out, err = run()
    assert (code, err) == (0, "")
    assert re.fullmatch(r"checked 2 files: no problems \(\d+ rules skipped: .* compare two builds\)\n", out)
    assert run("-q") == (0, "", "")


def test_frames() -> None:
    lay(a=WARNS, b=WARNS)
    count = run("--format", "concise")[1].count("\n")
    assert run()[1].count(" --> ") == count
    assert run("--max-frames", "1")[1].count(" --> ") == 1
    _, out, _ = run("--max-frames", "0", "-q")
    *lines, verdict = out.splitlines()
    assert lines == [*run("--format", "concise")[1].splitlines(), ""]
    assert verdict.startswith(f"{count} problems in 2 files: ")
    assert run("--max-frames", "-1")[0] == 2


def test_statistics() -> None:
    lay(a=WARNS, b=WARNS)
    code, out, _ = run("--statistics")
    assert code == 1
    assert " --> " not in out
    assert re.search(r"^ +\d+  A105  circular-depmods +warning +-$", out, re.MULTILINE)
    assert out.splitlines()[-1] == run()[1].splitlines()[-1]
    assert "  A105  circular-depmods" in run("--statistics", "--format", "concise")[1]
    assert json.loads(run("--statistics", "--format", "json")[1])["diagnostics"]


def test_color() -> None:
    lay(a=WRONG)
    for form in FORMATS:
        assert ("\x1b" in run("--color", "always", "--format", form)[1]) == (form == "full")


@pytest.mark.parametrize("form", ["full", "concise"])
def test_the_screen(form: str, refresh: bool) -> None:
    """How many rules are skipped changes with every new one."""
    out, code = in_a_copy(["lint", "apps", "--format", form], [SCREEN])
    assert code == 1
    text = re.sub(r"^\d+ rules were skipped: .*", "... rules were skipped: ...", out, flags=re.MULTILINE)
    expected = SCREEN / f"expected.{form}.txt"
    if refresh:
        expected.write_text(text, "utf-8", newline="\n")
    assert text == expected.read_text("utf-8")
    codes = re.findall(r"^\w+\[(\w+)\]: |\[(\w+) [a-z-]+\]$", text, re.MULTILINE)
    assert ["".join(pair) for pair in codes] == ["A101", "A004", "A306", "T010"]


@pytest.mark.parametrize("form", ["full", "concise"])
def test_the_screen_of_two_builds(form: str, refresh: bool) -> None:
    out, code = in_a_copy(["lint", "_build/prod/rel/shop", "--from", "@1.3.0", "--format", form], [BUILDS_SCREEN])
    assert code == 1
    expected = BUILDS_SCREEN / f"expected.{form}.txt"
    if refresh:
        expected.write_text(out, "utf-8", newline="\n")
    assert out == expected.read_text("utf-8")
    codes = re.findall(r"^\w+\[(\w+)\]: |\[(\w+) [a-z-]+\]$", out, re.MULTILINE)
    assert ["".join(pair) for pair in codes] == ["A301", "A401", "A305"]
