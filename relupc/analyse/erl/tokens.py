"""Erlang source text -> its forms as tokens; comments and white space are gone.

Only what is needed to tell what functions do: a text that Erlang would refuse may well give tokens here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relupc.model.value import NamedTuple

_PATTERN = re.compile(
    r"""
      (?P<skip>\s+|%[^\n]*)
    | (?P<triple>(?:~[a-zA-Z]*)?\"{3,}[ \t]*\n)
    | (?P<string>(?:~[a-zA-Z]*)?\"[^\"\\]*+(?:\\.[^\"\\]*+)*+\")
    | (?P<quoted>'[^'\\]*+(?:\\.[^'\\]*+)*+')
    | (?P<open>(?:~[a-zA-Z]*)?[\"'])
    | (?P<float>[0-9][0-9_]*\.[0-9][0-9_]*(?:[eE][+-]?[0-9]+)?)
    | (?P<int>[0-9][0-9_]*(?:\#[0-9a-zA-Z_]+)?)
    | (?P<char>\$(?:\\(?:x\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2}|\^.|[0-7]{1,3}|.)|.))
    | (?P<atom>[a-z\xdf-\xf6\xf8-\xff][\w@]*)
    | (?P<var>[A-Z_\xc0-\xd6\xd8-\xde][\w@]*)
    | (?P<dot>\.(?=\s|%|\Z))
    | (?P<sign><<|>>|<-|<=|->|=>|:=|\|\||\+\+|--|=:=|=/=|==|/=|=<|>=|\.\.\.|\.\.|\?=|\?\?|::|[^\w\s])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CLOSING = re.compile(r'^[ \t]*"{3,}', re.MULTILINE)  # what ends a string that begins with three quotes
MAX_TOKENS = 2_000_000


class TooLongError(Exception):
    """A text has more of something than is read: `most` of `what`."""

    def __init__(self, most: int, what: str) -> None:
        super().__init__(f"more than {most:,} {what}")


class Token(NamedTuple):
    """`kind` is a group of the pattern above; a keyword is an atom like others."""

    kind: str
    text: str
    line: int


def forms(text: str) -> Iterator[list[Token]]:
    """The tokens of each form, without the full stop. What is behind the last one is left out.

    So is all that is behind a quote that nothing closes. Raises TooLongError.
    """
    line, form, count, at = 1, list[Token](), 0, 0
    while found := _PATTERN.match(text, at):
        kind, word, at = str(found.lastgroup), found[0], found.end()
        if kind == "triple":
            end = _CLOSING.search(text, at)
            at = end.end() if end else len(text)
            word = text[found.start() : at]
        if kind == "open" or (kind == "triple" and not end):
            return
        if kind == "dot":
            yield form
            form = []
        elif kind not in ("skip", "other"):
            form.append(Token(kind, word, line))
            count += 1
            if count > MAX_TOKENS:
                raise TooLongError(MAX_TOKENS, "tokens")
        line += word.count("\n")
