"""The manual, docs/cli.md -> the text of `relupc help`, and a man page. Both say the same."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from relupc.model.value import NamedTuple

LEFT_OUT = ("Short help",)  # what --help prints
#: Sections that are about several commands.
SHARED = {
    "Flags of every command": ("compile", "lint", "plan", "diff", "generate", "versions", "compose", "explain"),
    "NEW and OLD": ("compile", "lint", "plan", "diff"),
    "Exit codes": ("compile", "lint", "plan", "diff", "generate", "versions", "compose", "explain"),
}
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_CELL = re.compile(r"(?<!\\)\|")
_QUOTED = re.compile(r"`([^`]+)`")
_INDENT = 4


class Block(NamedTuple):
    """A part of the manual: `heading`, `text`, `item`, `code`, or `row`, which is a term and what it means."""

    kind: str
    text: str
    meaning: str = ""


def manual_text(markdown: str, usages: Mapping[str, str], command: str | None, width: int) -> str:
    """All of the manual, or what it says of one command, for a terminal."""
    blocks = _blocks(markdown)
    lines = ["Usage:", ""]
    lines += [f"    {usage}" for name, usage in usages.items() if command in (None, name)]
    for block in _of_command(blocks, command) if command else blocks:
        lines += _as_text(block, width)
    return "\n".join(lines) + "\n"


def man_page(markdown: str, usages: Mapping[str, str], version: str) -> str:
    """The manual as a man page, in the macros of man(7)."""
    lines = ['.\\" Made by docs/refresh.py of docs/cli.md and the parser.', f'.TH RELUPC 1 "" "relupc {version}"']
    lines += [".SH NAME", "relupc \\- hot upgrades for the BEAM: checks appups, makes relups", ".SH SYNOPSIS", ".nf"]
    lines += [_roff(usage) for usage in usages.values()]
    lines += [".fi", ".SH DESCRIPTION"]
    first = True
    for block in _blocks(markdown):
        lines += _as_roff(block, first=first)
        first = block.kind == "heading"
    return "\n".join(lines) + "\n"


def _of_command(blocks: Iterable[Block], command: str) -> Iterator[Block]:
    """The section of a command, and those that it shares with others."""
    wanted = False
    for block in blocks:
        if block.kind == "heading":
            wanted = block.text == command or command in SHARED.get(block.text, ())
        if wanted and (block.kind, block.text) != ("heading", command):
            yield block


def _blocks(markdown: str) -> Iterator[Block]:
    """The parts of the page behind its title and the list of commands, which is made anew."""
    fenced, lines, wanted = False, list[str](), True
    for line in [*markdown.splitlines(), ""]:
        if line.startswith("```"):
            if fenced and wanted and lines and not lines[0].startswith("relupc "):
                yield Block("code", "\n".join(lines))
            fenced, lines = not fenced, []
        elif fenced or (line and not line.startswith(("#", "<!--"))):
            lines.append(line)
        else:
            if wanted:
                yield from _paragraph(lines)
            lines = []
            if line.startswith("## "):
                wanted = line[3:] not in LEFT_OUT
                if wanted:
                    yield Block("heading", line[3:])


def _paragraph(lines: list[str]) -> Iterator[Block]:
    if not lines:
        return
    if lines[0].startswith("| "):
        for line in lines[2:]:
            term, meaning = (cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip("|")))
            yield Block("row", _plain(term), _plain(meaning))
    elif lines[0].startswith("- "):
        for item in re.split(r"^- ", "\n".join(lines), flags=re.MULTILINE)[1:]:
            yield Block("item", _plain(item))
    else:
        yield Block("text", _plain("\n".join(lines)))


def _plain(text: str) -> str:
    return " ".join(_LINK.sub(r"\1", text).split())


def _as_text(block: Block, width: int) -> list[str]:
    if block.kind == "heading":
        return ["", block.text[0].upper() + block.text[1:] + ":"]
    if block.kind == "row":
        meaning = _filled(block.meaning, width, 2 * _INDENT)
        return ["", " " * _INDENT + block.text.replace("`", ""), *meaning]
    if block.kind == "item":
        first, *others = _filled(block.text, width, _INDENT + 2)
        return ["", f"{' ' * _INDENT}- {first.strip()}", *others]
    if block.kind == "code":
        return ["", textwrap.indent(block.text, " " * 2 * _INDENT)]
    return ["", *_filled(block.text, width, _INDENT)]


def _filled(text: str, width: int, indent: int) -> list[str]:
    room = max(width - indent, 20)
    lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
    return [" " * indent + line for line in lines]


def _as_roff(block: Block, *, first: bool) -> list[str]:
    if block.kind == "heading":
        return [f".SH {block.text.upper()}"]
    if block.kind == "row":
        return [".TP", _roff(block.text), *_roff_lines(block.meaning)]
    if block.kind == "item":
        return [".IP \\(bu 2", *_roff_lines(block.text)]
    if block.kind == "code":
        return [".PP", ".nf", *map(_roff, block.text.splitlines()), ".fi"]
    return [*([] if first else [".PP"]), *_roff_lines(block.text)]


def _roff_lines(text: str) -> list[str]:
    """A paragraph, in short lines of the source."""
    lines = textwrap.wrap(_roff(text), 78, break_long_words=False, break_on_hyphens=False)
    return [f"\\&{line}" if line.startswith(".") else line for line in lines]


def _roff(text: str) -> str:
    """A text with what means something to roff escaped, and what is quoted in bold."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace('"', "\\(dq")
    escaped = _QUOTED.sub(r"\\fB\1\\fR", escaped)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped
