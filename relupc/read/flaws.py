"""The offset where no token begins in, the reason in words out."""

from __future__ import annotations

import re

from relupc.model.codes import T002
from relupc.model.source import Source
from relupc.read.file import NO_CHARACTER
from relupc.read.literals import Flaw

_BAD = re.compile("[\ud800-\udfff\ufffe\uffff]")
_REST = {
    '"': re.compile(r'"(?:[^"\\]|\\(?>\^?.))*+"', re.DOTALL),
    "'": re.compile(r"'(?:[^'\\]|\\(?>\^?.))*+'", re.DOTALL),
    "%": re.compile(r"%[^\n]*"),
    "$": re.compile(r"\$(?:\\\^?.|[^\\])", re.DOTALL),
}
_NAMES = {'"': "a string", "'": "a quoted atom"}


def flaw(source: Source, start: int) -> Flaw:
    """Why erl_scan would not go on at `start`."""
    text = source.text
    first = text[start]
    rest = _REST[first].match(text, start) if first in _REST else None
    bad = _BAD.search(text, start, rest.end()) if rest else None
    if bad:
        return _illegal(text, bad.start())
    if first in _NAMES:
        help_text = f"close it with `{first}`; a `{first}` inside is written `\\{first}`"
        return Flaw(start, start + 1, f"{_NAMES[first]} that is not closed", help_text)
    if first == "$":
        return Flaw(start, start + 1, "no character after `$`")
    if first == "~":
        return Flaw(start, start + 1, "a sigil without a string, or with one that is not closed", 'write `~"text"`')
    return _illegal(text, start)


def _illegal(text: str, at: int) -> Flaw:
    character = text[at]
    if character == NO_CHARACTER or "\ud800" <= character <= "\udfff":
        help_text = "save the file as UTF-8, or write `%% coding: latin-1` on its first line"
        return Flaw(at, at + 1, "not UTF-8", help_text, T002)
    if character == "\ufeff":
        return Flaw(at, at + 1, "a byte order mark, which Erlang does not skip", "save the file without it", T002)
    if character == "\ufffe":
        return Flaw(at, at + 1, "U+FFFE, which Erlang does not allow", "remove it")
    help_text = "an atom that holds it is written in quotes"
    return Flaw(at, at + 1, f"no term can begin with U+{ord(character):04X}", help_text)
