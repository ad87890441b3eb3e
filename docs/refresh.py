"""Markdown files in, the same with fresh blocks out: a fenced block is rewritten when one of these stands above it.

    <!-- output: relupc compile new.rel --from old.rel ; in fixtures/demo + fixtures/docs/x -->   what the command says
    <!-- file: fixtures/demo/lib/shop-1.4.0/ebin/shop.appup -->                                   what the file holds

The command runs in a temporary copy of the folders, the later ones laid over the first. A block of the language
`console` also shows the command, and the exit code if it is not 0. With --check nothing is written, and the exit
code is 1 if a block is stale.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from relupc import cli  # noqa: E402 - from this checkout, installed or not

BLOCK = re.compile(
    r"^(?P<head><!-- (?P<kind>output|file): (?P<what>.+?) -->\n+```(?P<language>\w*)\n)(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
WIDTH = "100"  # columns of --help, which asks the terminal
PYTHON_OF_HELP = ((3, 11), (3, 12))  # argparse lays its help out in another way later


def pages() -> list[Path]:
    """The files that may hold blocks."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]


def refreshed(text: str) -> str:
    """The text of a page with all its blocks made anew."""
    return BLOCK.sub(lambda block: f"{block['head']}{_body(block)}```", text)


def stale() -> Iterator[str]:
    """A difference, as lines of text, for each page whose blocks are not what they should be."""
    for page in pages():
        old = page.read_text("utf-8")
        new = refreshed(old)
        if old != new:
            name = page.relative_to(ROOT).as_posix()
            lines = difflib.unified_diff(old.splitlines(), new.splitlines(), name, f"{name}, refreshed", lineterm="")
            yield "\n".join(lines)


def _body(block: re.Match[str]) -> str:
    if block["kind"] == "file":
        return (ROOT / block["what"]).read_text("utf-8")
    command, _, folders = block["what"].partition(" ; in ")
    argv = shlex.split(command)
    if "--help" in argv and sys.version_info[:2] not in PYTHON_OF_HELP:
        return block["body"]
    said, code = run(argv[1:], [ROOT / folder for folder in folders.split(" + ") if folder])
    if block["language"] != "console":
        return said
    return f"$ {command}\n{said}" + (f"$ echo $?\n{code}\n" if code else "")


def run(argv: list[str], folders: list[Path]) -> tuple[str, int]:
    """What `relupc ARGV` says on both streams, in the order of writing, and its exit code."""
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as scratch, _environment(NO_COLOR="1", COLUMNS=WIDTH):
        for folder in folders:
            shutil.copytree(folder, scratch, dirs_exist_ok=True)
        with contextlib.chdir(scratch):
            code = cli.main(argv, said, said)
    return said.getvalue(), code


@contextlib.contextmanager
def _environment(**changed: str) -> Iterator[None]:
    """Whatever the caller's environment holds, the output is the same."""
    before = dict(os.environ)
    for name in ("ERL_LIBS", "FORCE_COLOR"):
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
    for page in pages():
        page.write_text(refreshed(page.read_text("utf-8")), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
