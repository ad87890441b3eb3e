"""Elixir source text -> its tokens; comments, white space and line ends that end nothing are gone.

A string or a sigil is one token; what is interpolated in it has tokens of its own (interpolated).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relupc.analyse.erl.syntax import NotReadError
from relupc.analyse.erl.tokens import TooLongError
from relupc.model.value import NamedTuple

MAX_TOKENS = 40_000
_PATTERN = re.compile(
    r"""
      (?P<skip>[ \t\r]+|\#[^\n]*|\\\r?\n)
    | (?P<nl>[\n;])
    | (?P<heredoc>(?:~[a-zA-Z]+)?(?:\"{3}|'{3}))
    | (?P<sigil>~[a-z]|~[A-Z]+)(?=[\"'(\[{<|/])
    | (?P<quote>:?[\"'])
    | (?P<char>\?(?:\\.|.))
    | (?P<float>[0-9][0-9_]*\.[0-9][0-9_]*(?:[eE][+-]?[0-9]+)?)
    | (?P<int>0x[0-9a-fA-F][0-9a-fA-F_]*|0o[0-7][0-7_]*|0b[01][01_]*|[0-9][0-9_]*)
    | (?P<key>(?:[^\W\d][\w@]{0,255}[?!]?|[-+*/=<>!|&^.@~]{1,3}):(?=\s))
    | (?P<atom>:[^\W\d][\w@]*[?!]?|:(?:<<>>|%\{\}|%|\{\}|\\\\|[-+*/=<>!|&^.@~]+))
    | (?P<alias>[A-Z]\w*)
    | (?P<word>[^\W\d]\w*(?:[?!](?!=))?)
    | (?P<sign><<<|>>>|<<~|~>>|<~>|<\|>|\|\|\||&&&|\^\^\^|~~~|===|!==|\+\+\+|---|\.\.\.
        |<<|>>|<-|->|=>|\|>|\|\||&&|==|!=|=~|<=|>=|<>|\+\+|--|\.\.|::|//|\\\\|\*\*|~>|<~|[^\w\s])
    """,
    re.VERBOSE | re.DOTALL,
)
_NEXT = re.compile(r"\\.|#\{", re.DOTALL)
_SIGILS = frozenset("cCDNrRsSTUwW")
_TEXTS = ("string", "quoted", "key")
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_LOOKS = {close: re.compile(r"[\\\"'{}#]|" + re.escape(close)) for close in "\"')]}>|/"}
_HEREDOC_ENDS = {close: re.compile(r"^[ \t]*" + close, re.MULTILINE) for close in ('"""', "'''")}
_JOINING = "|> || && === !== == != =~ <= >= <> ++ -- :: \\\\ ** = | => < > * / <- and or in when , . // .."
_OTHERS = "<<< <<~ ~>> <~> <|> ||| &&& ^^^ ~> <~ +++ --- >>>"
OTHERS = frozenset(_OTHERS.split())  # operators that Kernel does not define
JOINING = OTHERS | frozenset(_JOINING.split())  # operators that may also begin a line
_OPENING = JOINING | {"(", "[", "{", "<<", "+", "-", "not", "!", "&"}
_ENDING = JOINING | {")", "]", "}", ">>"}


class Token(NamedTuple):
    """`kind` is a group of the pattern above, or `string`; `gap`: white space stands before it."""

    kind: str
    text: str
    line: int
    gap: bool = False


def tokens(text: str, line: int = 1) -> list[Token]:
    """All tokens of a text. Raises NotReadError where a string is not closed, TooLongError."""
    found: list[Token] = []
    inside = 0
    for token in _scan(text, line):
        if token.kind in _TEXTS and "#{" in token.text:
            inside += len(token.text) // 2  # it may have so many
        if token.kind == "nl" and (not found or found[-1].kind == "nl" or _is(found[-1], _OPENING)):
            continue
        if found and found[-1].kind == "nl" and _is(token, _ENDING):
            found[-1] = token
        else:
            found.append(token)
        if len(found) + inside > MAX_TOKENS:
            raise TooLongError(MAX_TOKENS, "tokens")
    return found


def interpolated(token: Token) -> Iterator[Token]:
    """What stands between each `#{` and its `}` in a string, as a token with its line.

    Raises NotReadError for a sigil that is not Kernel's: it calls what may do anything.
    """
    text, at = token.text, 0
    if text[0] == "~":
        if text[1] not in _SIGILS or text[2].isalpha():
            raise NotReadError
        if text[1].isupper():
            return
    while (start := _opened(text, at)) >= 0:
        at = _closed(text, start, "}", interpolates=True, code=True)
        yield Token("inside", text[start : at - 1], token.line + text.count("\n", 0, start))


def _opened(text: str, at: int) -> int:
    """Behind the next `#{` that no backslash stands before, or -1."""
    while found := _NEXT.search(text, at):
        if found[0] == "#{":
            return found.end()
        at = found.end()
    return -1


def _is(token: Token, texts: frozenset[str]) -> bool:
    return token.kind in ("sign", "word") and token.text in texts


def _scan(text: str, line: int) -> Iterator[Token]:
    at, gap = 0, False
    while at < len(text):
        found = _PATTERN.match(text, at)
        if not found:
            raise NotReadError
        kind, word, start = str(found.lastgroup), found[0], at
        at = found.end()
        if kind in ("heredoc", "sigil", "quote"):
            at = _end(text, at, kind, word)
            word = text[start:at]
            kind = "quoted" if word[0] == ":" else "string"
            if kind == "string" and text[at : at + 1] == ":" and text[at + 1 : at + 2].isspace():
                kind, at = "key", at + 1
        if kind != "skip":
            yield Token(kind, word, line, gap)
        line += text.count("\n", start, at)
        gap = kind in ("skip", "nl")


def _end(text: str, at: int, kind: str, word: str) -> int:
    """Where a string, a sigil or a heredoc ends, that begins before `at`."""
    if kind == "heredoc":
        closed = _HEREDOC_ENDS[word[-3:]].search(text, at)
        if not closed:
            raise NotReadError
        return _modifiers(text, closed.end()) if word[0] == "~" else closed.end()
    if kind == "quote":
        return _closed(text, at, word[-1], interpolates=True)
    close = _CLOSING.get(text[at], text[at])
    return _modifiers(text, _closed(text, at + 1, close, interpolates=word[1].islower()))


def _modifiers(text: str, at: int) -> int:
    while at < len(text) and text[at].isalpha():
        at += 1
    return at


def _closed(text: str, at: int, close: str, *, interpolates: bool, code: bool = False) -> int:
    """Behind the sign that closes a text, or an interpolation (`code`), which has signs of its own."""
    stack = [close]  # `}` for an interpolation or a bracket of it, a quote for a text
    looks = _LOOKS[close]
    while found := looks.search(text, at):
        sign, at, inner = found[0], found.end(), stack[-1]
        if sign == "\\":
            at += interpolates or text[at : at + 1] == close
        elif sign == inner:
            stack.pop()
            if not stack:
                return at
        elif sign == "#" and interpolates and inner != "}":
            if text[at : at + 1] == "{":
                stack.append("}")
                at += 1
        elif inner == "}" and (code or len(stack) > 1) and sign in "{\"'":
            stack.append("}" if sign == "{" else sign)
    raise NotReadError
