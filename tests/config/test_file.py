from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.config.file import MAX_CONFIG, MAX_DOTS, find, places, read
from relupc.model.diagnostic import Diagnostic
from relupc.model.source import Source


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lay(*files: str) -> None:
    for file in files:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text("")


def test_it_is_found_from_a_folder_up_to_the_root_of_the_repository() -> None:
    lay("relupc.toml", "repo/.git/HEAD", "repo/apps/shop/x", "repo/apps/relupc.toml")
    assert find("repo/apps/shop") == "repo/apps/relupc.toml"
    os.unlink("repo/apps/relupc.toml")
    assert find("repo/apps/shop") is None, "what is above the repository is not looked at"
    lay("repo/relupc.toml")
    assert find("repo/apps/shop") == "repo/relupc.toml"
    os.chdir("repo/apps/shop")
    assert find(".") == "../../relupc.toml"


def test_a_worktree_has_a_file_called_git() -> None:
    lay("relupc.toml", "repo/.git", "repo/apps/x")
    assert find("repo/apps") is None


def test_without_a_repository_it_is_found_up_to_the_working_folder() -> None:
    lay("relupc.toml", "apps/shop/x", "above/relupc.toml", "above/sub/x")
    assert find(".") == find("apps") == find("apps/shop/../gone") == "relupc.toml"
    assert find("above/sub") == "above/relupc.toml"
    os.chdir("apps")
    assert find(".") is None
    assert find("shop") is None
    assert find("../above") == "../above/relupc.toml"
    assert find("../above/sub") is None


def test_a_folder_of_that_name_is_no_configuration() -> None:
    os.mkdir("relupc.toml")
    assert find(".") is None
    assert said("relupc.toml") == ("T003", "not a regular file")


def said(path: str) -> tuple[str, str]:
    """The code and the label of why a file cannot be read."""
    found = read(path)
    assert isinstance(found, Diagnostic)
    assert found.path == path or (found.span and found.span.source.path == path)
    return found.code.code, found.label


BROKEN = {
    b'[lint]\nselect = ["a"\n': ("T013", "unclosed array", "2:14"),
    b"[lint\n": ("T013", "expected ']' at the end of a table declaration", "1:6"),
    b"a = \n": ("T013", "this is no value", "1:5"),
    b"a = 'x\n": ("T013", 'expected "\'"', "1:7"),
    b"a = 1\na = 2": ("T013", "cannot overwrite a value", "2:6"),
    b'a = "\x01"': ("T013", "illegal character '\\x01'", "1:6"),
    b"\xef\xbb\xbfa = \xff": ("T013", "not UTF-8", "1:5"),
    b"a = " + b"9" * 5000: ("T013", "a number or a date that is too big", "x.toml"),
    b"a = " + b"[" * 5000: ("T013", "nested too deep", "x.toml"),
}


@pytest.mark.parametrize("text", BROKEN, ids=[label for _, label, _ in BROKEN.values()])
def test_what_is_no_toml_is_said_where_it_is(text: bytes) -> None:
    Path("x.toml").write_bytes(text)
    found = read("x.toml")
    assert isinstance(found, Diagnostic)
    code, label, place = BROKEN[text]
    assert (found.code.code, found.label) == (code, label)
    assert found.place == (place if place == "x.toml" else f"x.toml:{place}")


def test_what_is_too_big_is_not_read() -> None:
    Path("x.toml").write_bytes(b"#" * (MAX_CONFIG + 1))
    assert said("x.toml") == ("T007", f"a configuration has at most {MAX_CONFIG} bytes")
    Path("x.toml").write_text(".".join("a" * (MAX_DOTS + 2)) + " = 1")
    assert said("x.toml") == ("T007", f"a line of a configuration has at most {MAX_DOTS} dots")
    assert said("gone.toml") == ("T003", "no such file")


def test_a_file_of_windows() -> None:
    Path("x.toml").write_bytes(b'\xef\xbb\xbf[lint]\r\nselect = ["A1"]\r\n')
    found = read("x.toml")
    assert not isinstance(found, Diagnostic)
    source, document = found
    assert document == {"lint": {"select": ["A1"]}}
    span = places(source).find(("lint", "select"), "A1")
    assert span is not None
    assert (span.text, source.line_col(span.start)) == ('"A1"', (2, 11))


TEXT = """\
top = 1  # lint.select
[lint]
select = [ # ] = "A1"
  "A1",
  'A2',
]
"fail-on" = "error"
severity = { A1 = "note", "b c" = 'x' }
[lint . per-path-ignores]
"a/**" = ['A3']
'b.c/**' = []
[lint.rule]
a.b = 1
text = \"""
[not] = a
key = \"""
[[plan]]
format = 'x'
"""


@pytest.mark.parametrize(
    ("path", "word", "line", "text"),
    [
        (("top",), None, 1, "1"),
        (("top",), "", 1, "top"),
        (("lint",), "", 2, "lint"),
        (("lint", "select"), "", 3, "select"),
        (("lint", "select"), "A2", 5, "'A2'"),
        (("lint", "select"), "gone", 3, '[ # ] = "A1"\n  "A1",\n  \'A2\',\n]'),
        (("lint", "fail-on"), None, 7, '"error"'),
        (("lint", "fail-on"), "", 7, '"fail-on"'),
        (("lint", "severity", "b c"), "", 8, '"b c"'),
        (("lint", "severity", "A1"), "", 8, "A1"),
        (("lint", "per-path-ignores", "a/**"), "A3", 10, "'A3'"),
        (("lint", "per-path-ignores", "b.c/**"), "", 11, "'b.c/**'"),
        (("lint", "rule", "a", "b"), "", 13, "a.b"),
        (("lint", "rule", "text"), "", 14, "text"),
        (("plan",), "", 17, "plan"),
        (("plan", "format"), None, 18, "'x'"),
    ],
)
def test_places(path: tuple[str, ...], word: str | None, line: int, text: str) -> None:
    span = places(Source("x", TEXT)).find(path, word)
    assert span is not None
    assert (span.line, span.text) == (line, text)


def test_what_is_not_there_has_no_place() -> None:
    assert places(Source("x", TEXT)).find(("nowhere", "at", "all"), None) is None


KEYS = st.one_of(st.from_regex("[A-Za-z0-9_-]{1,8}", fullmatch=True), st.text(st.characters(codec="utf-8"), max_size=6))


@given(st.dictionaries(KEYS, st.text(st.characters(codec="utf-8"), max_size=9), max_size=8), st.booleans())
def test_every_key_of_a_file_is_found(pairs: dict[str, str], quoted: bool) -> None:
    lines = [f"{_key(name, quoted)} = {_string(value)} # {name!a}" for name, value in pairs.items()]
    Path("x.toml").write_text("[lint.severity]\n" + "\n".join(lines), "utf-8", newline="\n")
    found = read("x.toml")
    assert not isinstance(found, Diagnostic), found.one_line
    source, document = found
    assert document["lint"]["severity"] == pairs
    where = places(source)
    for number, (name, value) in enumerate(pairs.items()):
        key, whole = where.find(("lint", "severity", name), ""), where.find(("lint", "severity", name), None)
        assert key is not None
        assert whole is not None
        assert (key.line, whole.line) == (number + 2, number + 2)
        assert whole.text == _string(value)


def _key(name: str, quoted: bool) -> str:
    return _string(name) if quoted or not name.isascii() or not name.replace("-", "_").isidentifier() else name


def _string(text: str) -> str:
    return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in text) + '"'
