"""Markdown files in, the same with fresh blocks out: a fenced block is rewritten when one of these stands above it.

    <!-- output: relupc compile new.rel --from old.rel ; in fixtures/demo + fixtures/docs/x -->   what the command says
    <!-- file: fixtures/demo/lib/shop-1.4.0/ebin/shop.appup -->                                   what the file holds

Below `<!-- codes: T -->` the table of the codes with this letter is made anew, of model/codes.py and the pages. The man
page relupc.1 is made of cli.md and the parser.

The command runs in a temporary copy of the folders, the later ones laid over the first. A folder with a file
history.git, a stream for `git fast-import`, becomes a checkout of its branch `main`, with the other files laid over it.
A block of the language `console` also shows the command, and the exit code if it is not 0; others show only the
problems that `lint` finds, not how many rules were skipped, which changes with every new rule. With --check nothing is
written, and the exit code is 1 if a block is stale.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # this checkout, installed or not

from relupc import __version__, cli
from relupc.cli.help import usages
from relupc.model.codes import TABLE
from relupc.report.manual import man_page

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(
    r"^(?P<head><!-- (?P<kind>output|file): (?P<what>.+?) -->\n+```(?P<language>\w*)\n)(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
CODES = re.compile(r"^(?P<head><!-- codes: (?P<letter>[A-Z]) -->\n)\n*(?:\|.*\n)*", re.MULTILINE)
FACTS = re.compile(r"^\*(?P<severity>\w+), since (?P<since>[0-9.]+), needs (?P<needs>.+)\*$", re.MULTILINE)
MANUAL, MAN_PAGE = "docs/cli.md", "docs/relupc.1"
HISTORY = "history.git"
WIDTH = "100"  # columns of --help, which asks the terminal
PYTHON_OF_HELP = ((3, 11), (3, 12))  # argparse lays its help out in another way later


def pages() -> list[Path]:
    """The files that may hold blocks."""
    return [page for folder in (".", "docs", "docs/codes") for page in sorted((ROOT / folder).glob("*.md"))]


def refreshed(text: str) -> str:
    """The text of a page with all its blocks made anew."""
    text = CODES.sub(lambda block: f"{block['head']}\n{_codes(block['letter'])}", text)
    return BLOCK.sub(lambda block: f"{block['head']}{_body(block)}```", text)


def made() -> Iterator[tuple[Path, str]]:
    """Each file that holds something made, and what it should hold."""
    for page in pages():
        yield page, refreshed(page.read_text("utf-8"))
    if (ROOT / MANUAL).exists():
        yield ROOT / MAN_PAGE, man_page((ROOT / MANUAL).read_text("utf-8"), usages(), __version__)


def stale() -> Iterator[str]:
    """A difference, as lines of text, for each page whose blocks are not what they should be."""
    for page, new in made():
        old = page.read_text("utf-8") if page.exists() else ""
        if old != new:
            name = page.relative_to(ROOT).as_posix()
            lines = difflib.unified_diff(old.splitlines(), new.splitlines(), name, f"{name}, refreshed", lineterm="")
            yield "\n".join(lines)


def facts(code: str) -> dict[str, str]:
    """What the page of a code says of it below its heading: `severity`, `since`, `needs`; nothing without a page."""
    page = ROOT / "docs" / "codes" / f"{code}.md"
    line = FACTS.search(page.read_text("utf-8")) if page.exists() else None
    return line.groupdict() if line else {}


def _codes(letter: str) -> str:
    lines = ["| code | name | severity | needs | what it says |", "| --- | --- | --- | --- | --- |"]
    for code in TABLE.values():
        if code.code.startswith(letter):
            needs = facts(code.code).get("needs", "")
            lines.append(f"| [{code.code}]({code.code}.md) | {code.name} | {code.severity} | {needs} | {code.title} |")
    return "".join(f"{line}\n" for line in lines)


def _body(block: re.Match[str]) -> str:
    if block["kind"] == "file":
        return (ROOT / block["what"]).read_text("utf-8")
    command, _, folders = block["what"].partition(" ; in ")
    argv = shlex.split(command)
    if argv[1] == "lint" and block["language"] != "console":
        argv.append("-q")
    if "--help" in argv and sys.version_info[:2] not in PYTHON_OF_HELP:
        return block["body"]
    said, code = run(argv[1:], [ROOT / folder for folder in folders.split(" + ") if folder])
    if block["language"] != "console":
        return said
    return f"$ {command}\n{said}" + (f"$ echo $?\n{code}\n" if code else "")


def run(argv: list[str], folders: list[Path]) -> tuple[str, int]:
    """What `relupc ARGV` says on both streams, in the order of writing, and its exit code."""
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as scratch, _environment(NO_COLOR="1", COLUMNS=WIDTH, XDG_CACHE_HOME=os.devnull):
        for folder in folders:
            if (folder / HISTORY).exists():
                _make_repository(folder / HISTORY, scratch)
            shutil.copytree(folder, scratch, dirs_exist_ok=True, ignore=shutil.ignore_patterns(HISTORY))
        with contextlib.chdir(scratch):
            code = cli.main(argv, said, said)
    return said.getvalue(), code


def _make_repository(history: Path, folder: str) -> None:
    """Make a folder the checkout of a history, with no say of the configuration of whoever runs this."""
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for words in (["init", "-q", "-b", "main"], ["fast-import", "--quiet"], ["checkout", "-q", "-f", "main"]):
        stdin = history.read_bytes() if words[0] == "fast-import" else b""
        subprocess.run(["git", "-C", folder, *words], input=stdin, check=True, env=environment)


@contextlib.contextmanager
def _environment(**changed: str) -> Iterator[None]:
    """Whatever the caller's environment holds, the output is the same."""
    before = dict(os.environ)
    for name in ("ERL_LIBS", "FORCE_COLOR", "RELUPC_CONFIG", "RELUPC_FORMAT"):
        os.environ.pop(name, None)
    os.environ.update(changed)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def main() -> int:
    """Refresh all pages, or with --check say which are stale."""
    differences = list(stale())
    if "--check" in sys.argv[1:]:
        for difference in differences:
            print(difference)
        return 1 if differences else 0
    for page, text in made():
        page.write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
