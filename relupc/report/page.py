"""A page of docs/codes, Markdown -> the same as text for a terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

_COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_ITEM = re.compile(r"^- ", re.MULTILINE)
_CODE = re.compile(r"(\w+) (\S+) \((\w+)\): (.*)")  # as `relupc explain` lists codes
_INDENT = "    "
_BETWEEN = " " * 12
_LAST = "OTP says"


def page_text(markdown: str, width: int) -> str:
    """The heading with what is said of it at the right, each section as a paragraph that begins with its name."""
    parts: list[str] = []
    name = ""
    for kind, text in _blocks(_COMMENT.sub("", markdown)):
        if kind == "section":
            name = text
            continue
        if kind == "facts" and parts:
            parts[-1] = f"{parts[-1]}{text:>{max(width - len(parts[-1]), len(text) + 2)}}"
        elif kind == "code":
            parts += [*([f"{name}."] if name else []), textwrap.indent(text, _INDENT)]
        elif parts and name == "" and text.startswith("See also: ") and _fits(parts[-1], text, width):
            parts[-1] = f"{parts[-1]}{_BETWEEN}{text}"
        else:
            parts.append(text if kind == "title" else _paragraph(name, text, width))
        name = ""
    return "\n".join(line.rstrip() for line in "\n\n".join(parts).splitlines()) + "\n"


def _fits(before: str, text: str, width: int) -> bool:
    """Whether the last line of a page has room behind what OTP says."""
    return before.startswith(f"{_LAST}: ") and "\n" not in before and len(before + _BETWEEN + text) <= width


def _blocks(markdown: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each part: title, facts, section, code, text."""
    fenced, paragraph = False, list[str]()
    for line in [*markdown.splitlines(), ""]:
        fence = line.startswith("```")
        if paragraph and not fenced and (fence or not line or line.startswith("#")):
            yield _kind("\n".join(paragraph)), "\n".join(paragraph).strip("*")
            paragraph = []
        if fence and fenced:
            yield "code", "\n".join(paragraph)
            paragraph = []
        if fence:
            fenced = not fenced
        elif fenced or (line and not line.startswith("#")):
            paragraph.append(line)
        elif line:
            yield ("title" if line.startswith("# ") else "section"), line.lstrip("# ")


def _kind(text: str) -> str:
    return "facts" if re.fullmatch(r"\*[^*]+\*", text) else "text"


def _paragraph(name: str, text: str, width: int) -> str:
    """A paragraph of a section; lists are wrapped item by item, and tables keep their lines."""
    text = _LINK.sub(r"\1", text)
    if text.startswith(("- ", "| ")):
        lines = _items(text, width) if text.startswith("- ") else text.splitlines()
        return "\n".join([*([f"{name}.", ""] if name else []), *lines])
    if name == _LAST:
        return _wrapped(f"{name}: {text[0].lower() + text[1:] if text.startswith('Nothing') else text}", width)
    return _wrapped(f"{name}. {text}" if name else text, width)


def _items(text: str, width: int) -> list[str]:
    """A list: of codes as columns, else each item wrapped."""
    items = [" ".join(item.split()) for item in _ITEM.split(text) if item.strip()]
    codes = [match.groups() for item in items if (match := _CODE.fullmatch(item))]
    if len(codes) == len(items):
        wide = [max(len(row[column]) for row in codes) for column in range(3)]
        return ["  ".join([*(row[n].ljust(wide[n]) for n in range(3)), row[3]]) for row in codes]
    return [_wrapped(f"- {item}", width, "  ") for item in items]


def _wrapped(text: str, width: int, indent: str = "") -> str:
    return textwrap.fill(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
