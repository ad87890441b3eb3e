"""The docs: their blocks are what the tool says, their examples run, their tables and links are right."""

from __future__ import annotations

import argparse
import contextlib
import doctest
import importlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs import refresh
from relupc import cli
from relupc.model import codes
from relupc.model.diagnostic import Code
from relupc.model.pattern import matches
from relupc.model.term import Bin, as_string
from relupc.read.file import Unreadable
from relupc.read.text import read_text

ROOT = Path(__file__).parent.parent
PAGES = [*refresh.pages(), *sorted(ROOT.glob("docs/decisions/*.md")), ROOT / "fixtures" / "README.md"]
LINK = re.compile(r"\[[^\]]*\]\(([^)]+)\)")
#: Codes of which `compile` makes something else than the default of the table in codes.py.
AS_COMPILE_HAS_IT = {"A002": "warning", "A004": "error"}


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def rows(name: str, heading: str) -> Iterator[list[str]]:
    """The cells of the table whose first line is `heading`."""
    text = read(name)
    assert text.count(heading + "\n") == 1, f"{name} has not one table {heading}"
    for line in text.split(heading + "\n")[1].splitlines()[1:]:
        if not line.startswith("|"):
            return
        yield [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_blocks_are_what_the_tool_says() -> None:
    assert not "\n".join(refresh.stale()), "run docs/refresh.py"


@pytest.mark.parametrize("page", refresh.pages(), ids=name_of)
def test_no_block_is_overlooked(page: Path) -> None:
    """A marker that is not right above a block would never be refreshed."""
    text = page.read_text("utf-8")
    assert len(refresh.BLOCK.findall(text)) == len(re.findall("^<!-- ", text, re.MULTILINE))


def test_a_stale_block_is_noticed_and_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = "<!-- output: relupc --version -->\n```console\n"
    fresh = f"before\n{head}$ relupc --version\n{refresh.run(['--version'], [])[0]}```\nafter\n"
    page = tmp_path / "README.md"
    page.write_text(f"before\n{head}old\n```\nafter\n", "utf-8")
    assert refresh.refreshed(page.read_text("utf-8")) == fresh
    monkeypatch.setattr(refresh, "ROOT", tmp_path)
    assert "-old" in "".join(refresh.stale())
    page.write_text(fresh, "utf-8")
    assert not list(refresh.stale())


def test_an_exit_code_is_shown() -> None:
    shown = refresh.refreshed("<!-- output: relupc compile x.rel -->\n```console\n```\n")
    assert shown.endswith("$ echo $?\n2\n```\n")


@pytest.mark.parametrize("page", [page for page in PAGES if ">>> " in page.read_text("utf-8")], ids=name_of)
def test_examples_run(page: Path, tmp_path: Path) -> None:
    """`>>>` in a page, all in one go, in a copy of the demo."""
    text = re.sub("^```.*$", "", page.read_text("utf-8"), flags=re.MULTILINE)
    folder = shutil.copytree(ROOT / "fixtures" / "demo", tmp_path / "demo")
    examples = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    with contextlib.chdir(folder):
        result = doctest.DocTestRunner().run(examples)
    assert result.attempted
    assert not result.failed, "see the output above"


@pytest.mark.parametrize(
    "file", [f for f in sorted(ROOT.glob("relupc/**/*.py")) if ">>> " in f.read_text("utf-8")], ids=name_of
)
def test_examples_in_docstrings_run(file: Path) -> None:
    """Paths in them are relative to the root of the repository."""
    module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    with contextlib.chdir(ROOT):
        result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed, "see the output above"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(re.sub(r"`[^`\n]*`", "", page.read_text("utf-8"))):
        if "://" not in target:
            path, _, anchor = target.partition("#")
            file = page.parent / path if path else page
            assert file.exists(), f"{name_of(page)} links to {target}"
            assert not anchor or anchor in _anchors(file), f"{name_of(page)} links to {target}"


def _anchors(page: Path) -> set[str]:
    headings = re.findall("^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_flag_is_explained_and_no_other() -> None:
    parser, _ = cli._parser()
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    known = {flag for action in commands.choices["compile"]._actions for flag in action.option_strings}
    cells = " ".join(flags for flags, _ in rows("docs/cli.md", "| flag | meaning |"))
    assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", cells)) == known


def test_every_code_is_in_the_table() -> None:
    table = [code for code in vars(codes).values() if isinstance(code, Code) and code.code[0] in "TAR"]
    said = {c.code: [c.code, c.name, AS_COMPILE_HAS_IT.get(c.code, c.severity), c.title] for c in table}
    listed = [row[:4] for row in rows("docs/codes.md", "| code | name | severity | title | OTP says |")]
    assert listed == list(said.values())


def test_the_limits_are_those_of_the_code() -> None:
    limits = list(rows("docs/guide.md", "| limit | value | constant |"))
    for _, value, place in limits:
        file, name = place.replace("`", "").split(" ")
        module = importlib.import_module("relupc." + file.removesuffix(".py").replace("/", "."))
        assert value.split()[0] == str(getattr(module, name)), place
    assert len(limits) == 8


def test_the_patterns_match_as_the_guide_says() -> None:
    for key, version, said, _ in rows("docs/guide.md", "| key | version | matches | why |"):
        term = read_text(key.strip("`"), "key")
        assert not isinstance(term, Unreadable), key
        match = matches(term.data, version) if isinstance(term, Bin) else as_string(term) == version
        assert match is (said == "yes"), key


def test_decisions_are_numbered() -> None:
    numbers = [file.name[:3] for file in sorted(ROOT.glob("docs/decisions/*.md"))]
    assert numbers == [f"{number:03}" for number in range(1, len(numbers) + 1)]
    for file in ROOT.glob("docs/decisions/*.md"):
        assert file.read_text("utf-8").startswith(f"# {file.name[:3]} "), file.name
