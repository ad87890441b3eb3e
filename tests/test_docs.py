"""The docs: their blocks are what the tool says, their examples run, their tables and links are right."""

from __future__ import annotations

import contextlib
import doctest
import importlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs import refresh
from relupc.cli.parser import make_parser
from relupc.model.codes import TABLE
from relupc.model.pattern import matches
from relupc.model.term import Bin, as_string
from relupc.read.file import Unreadable
from relupc.read.text import read_text

ROOT = Path(__file__).parent.parent
PAGES = [*refresh.pages(), *sorted(ROOT.glob("docs/decisions/*.md")), ROOT / "fixtures" / "README.md"]
LINK = re.compile(r"\[[^\]]*\]\(([^)]+)\)")


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
    blocks = [*refresh.BLOCK.findall(text), *refresh.CODES.findall(text)]
    assert len(blocks) == len(re.findall("^<!-- ", text, re.MULTILINE))
    assert all(block["body"] for block in refresh.BLOCK.finditer(text)), "a block is empty"


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


def test_the_tables_of_codes_and_the_man_page_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = refresh.refreshed("<!-- codes: T -->\n| old |\n\n## Next\n")
    assert table.startswith("<!-- codes: T -->\n\n| code | name | severity | needs | what it says |\n| --- |")
    assert "| [T001](T001.md) | syntax-error | error | the text of a file | not an Erlang term |\n" in table
    assert table.endswith("|\n\n## Next\n")
    assert "A001" not in table
    assert refresh.refreshed(table) == table
    monkeypatch.setattr(refresh, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "cli.md").write_text("# Title\n\n## lint\n\nSay what hurts.\n")
    assert "+Say what hurts." in "".join(refresh.stale())
    assert refresh.main() == 0
    assert ".SH LINT\nSay what hurts.\n" in (tmp_path / "docs" / "relupc.1").read_text()
    assert not list(refresh.stale())


def test_an_exit_code_is_shown() -> None:
    shown = refresh.refreshed("<!-- output: relupc compile x.rel -->\n```console\n```\n")
    assert shown.endswith("$ echo $?\n2\n```\n")


def test_skipped_rules_are_shown_only_with_the_command() -> None:
    """Their number changes with every new rule, and there are many pages of codes."""
    head = "<!-- output: relupc lint shop.appup ; in fixtures/codes/A105/bad -->\n"
    assert "rules were skipped" in refresh.refreshed(f"{head}```console\n```\n")
    assert "rules were skipped" not in refresh.refreshed(f"{head}```\n```\n")


@pytest.mark.parametrize("page", [page for page in PAGES if ">>> " in page.read_text("utf-8")], ids=name_of)
def test_examples_run(page: Path, tmp_path: Path) -> None:
    """`>>>` in a page, all in one go, in a copy of the demo with the builds of hey."""
    text = re.sub("^```.*$", "", page.read_text("utf-8"), flags=re.MULTILINE)
    folder = shutil.copytree(ROOT / "fixtures" / "demo", tmp_path / "demo")
    shutil.copytree(ROOT / "fixtures" / "hey", folder / "hey")
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


@pytest.mark.parametrize("command", make_parser()[1])
def test_every_flag_is_explained_and_no_other(command: str) -> None:
    """In the table of the command, or in that of the flags that several have."""
    known = {flag for action in make_parser()[1][command]._actions for flag in action.option_strings}
    shared = flags_in("Flags of every command")
    own = flags_in(command)
    assert own == known - (shared if "--config" in known else {"-h", "--help"})
    assert shared <= known or "--config" not in known


def flags_in(section: str) -> set[str]:
    """The flags of the table of flags in a section of docs/cli.md."""
    [text] = [
        part for part in re.split("^## ", read("docs/cli.md"), flags=re.MULTILINE) if part.startswith(section + "\n")
    ]
    cells = re.findall(r"^\| (`-.*?) \| ", text, re.MULTILINE)
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(cells)))


def test_every_code_is_in_the_index() -> None:
    """The tables are made anew with the other blocks; here that none is left out."""
    text = read("docs/codes/README.md")
    assert re.findall(r"^\| \[(\w+)\]", text, re.MULTILINE) == sorted(
        TABLE, key=lambda code: ("TARCD".index(code[0]), code)
    )


def test_the_man_page_has_all_commands_and_flags() -> None:
    text = re.sub(r"\\f[BR]", "", read("docs/relupc.1")).replace("\\-", "-")
    for command, parser in make_parser()[1].items():
        assert f"\n.SH {command.upper()}\n" in text
        for action in parser._actions:
            assert all(re.search(rf"(?<![\w-]){flag}(?![\w-])", text) for flag in action.option_strings)


def test_the_limits_are_those_of_the_code() -> None:
    limits = list(rows("docs/guide.md", "| limit | value | constant |"))
    for _, value, place in limits:
        file, name = place.replace("`", "").split(" ")
        module = importlib.import_module("relupc." + file.removesuffix(".py").replace("/", "."))
        assert value.split()[0] == str(getattr(module, name)), place
    assert len(limits) == 17


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
